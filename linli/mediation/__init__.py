"""People's mediation (人民调解): disputes settled between the parties, each of whom trusts the mediators alone.

Nouns: Mediation, Party, Agent, Seat (of a mediator), Tie (between a mediator and a party), Session, Statement, Signature,
Agreement, Instalment, Revisit, Paper. Acts: take_up, ask_consent, accept, refuse, seat, withdraw, tell_rights, plan, hold,
sign, draft, reach_orally, perform, revisit, ask_court, fail, close, open_sealed.
Own confidence: what a party says in private is for the mediators of the case only; a closed file is sealed.
"""
