"""The ground: clock, money, masking, codes, charts, sheets and other exact things. No Django at all."""
