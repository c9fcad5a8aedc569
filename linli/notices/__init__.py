"""notices 消息: messages to people, and the marks of the clock.

Nouns: ``Notice`` (a message to a person or to a post at a place), ``Delivery`` (one way it goes out), ``ClockMark``
(when a task of the timetable was last done). Acts: ``leaving.leave``, ``leaving.mark_read``, ``sending.send_pending``.

A notice is a row of the acting transaction: nothing is sent before commit, nothing is lost after it. Its text is
made from a sheet with named blanks when it is shown or sent; blanks hold numbers, dates and titles, never
sensitive personal data. Going out is at least once: the delivery's own word tells a repeated message from a new one.
"""
