"""The amounts behind these explanations, from the published rates, in exact fractions.

Each cost item of one participant is rounded once, half up to the cent, and then multiplied.
Run it: it prints the amounts of each flow, and below them those of what was not taken.
"""

from decimal import Decimal
from fractions import Fraction
from math import floor


def cent(amount):
    return Fraction(floor(Fraction(amount) * 100 + Fraction(1, 2)), 100)


def eur(amount):
    return f"{Decimal((amount * 100).numerator) / 100:,.2f}"


def months(rate, funded, travel=0):
    """Long-term student: the monthly rate by thirtieths, also for days of travel."""
    return cent(Fraction(rate * (funded + travel), 30))


def days(first, later, funded, travel=0, within=False):
    """days at the first rate, then the later one; days of travel outside the 14, or within."""
    at_first = min(funded, 14 - travel if within else 14)
    return cent(first * (at_first + travel) + later * (funded - at_first))


def staff(rate, funded, travel=0, within=False):
    return days(rate, Fraction(rate * 70, 100), funded, travel, within)


def journey(unit, cost=None):
    """The band's amount, or 80 % of a real cost of which it covers less than 70 %."""
    cost = None if cost is None else Fraction(cost)
    if cost is None or unit >= cost * 70 / 100:
        return {"travel": Fraction(unit)}
    return {"exceptional": cent(cost * 80 / 100)}


class Flow:
    def __init__(self, name, people, support, journey, top_up=0, fewer=0, inclusion=0):
        self.name, self.people, self.support, self.journey = name, people, support, journey
        self.top_up, self.fewer, self.inclusion = top_up, fewer, Fraction(inclusion)

    def items(self):
        items = {"support": self.support * self.people, "top-up": Fraction(self.top_up * self.fewer)}
        items |= {kind: amount * self.people for kind, amount in self.journey.items()}
        items |= {"inclusion": self.inclusion, "organisations": Fraction(500 * self.people)}
        return {kind: amount for kind, amount in items.items() if amount}

    def total(self):
        return sum(self.items().values())

    def say(self):
        items = ", ".join(f"{kind} {eur(amount)}" for kind, amount in self.items().items())
        print(f"{self.name}: {items}; total {eur(self.total())}")
        return self

    def but(self, what, **other):
        """The same flow with something else taken."""
        changed = Flow(**(vars(self) | other))
        difference = changed.total() - self.total()
        sign = "-" if difference < 0 else "+"
        print(f"  {what}: {eur(changed.total())} ({sign}{eur(abs(difference))})")
        return self


Flow("sms-in-long-2022", 3, months(850, 160, 4), journey(820), months(250, 160), 1).say() \
    .but("standard", support=months(850, 160, 2), journey=journey(820)) \
    .but("one more", fewer=2)
Flow("sms-in-short-2023", 4, days(79, 56, 14), journey(275), 100, 2).say() \
    .but("green", journey=journey(320)).but("one more", fewer=3)
Flow("sms-out-long-2024", 2, months(700, 107, 2), journey(1735)).say() \
    .but("green", journey=journey(1735)).but("one", top_up=months(250, 107), fewer=1)
Flow("sms-out-short-2025", 2, days(79, 56, 27, 2), journey(395), 150, 1).say() \
    .but("green", journey=journey(535)) \
    .but("within", support=days(79, 56, 27, 2, within=True)).but("one more", fewer=2)
Flow("smt-in-long-2025-region-4", 1, months(900, 60, 1), journey(309)).say() \
    .but("green", journey=journey(417)).but("one", top_up=months(250, 60), fewer=1)
Flow("smt-in-short-2024", 1, days(79, 56, 15, 6), journey(285), 150, 1).say() \
    .but("standard", support=days(79, 56, 15, 2), journey=journey(211)) \
    .but("within", support=days(79, 56, 15, 6, within=True))
Flow("smt-out-long-2026", 1, months(700, 164), journey(1735)).say() \
    .but("green", journey=journey(1735)).but("one", top_up=months(250, 164), fewer=1)
Flow("smt-out-short-2022", 3, days(70, 50, 13), journey(360), 150, 1).say() \
    .but("green", journey=journey(410)).but("one more", fewer=2)
Flow("sta-in-2022", 2, staff(180, 5, 2), journey(530, 700)).say() \
    .but("green", journey=journey(610, 700))
Flow("sta-in-2024-enterprise", 1, staff(148, 1, 2), journey(309)).say() \
    .but("green", journey=journey(417))
Flow("sta-out-2023-exactly-70", 1, staff(180, 8), journey(210, 300)).say() \
    .but("standard", journey=journey(180, 300))
Flow("sta-out-2025-expensive", 2, staff(190, 20, 2), journey(1735, "2478.58")).say() \
    .but("green", journey=journey(1735, "2478.58")) \
    .but("within", support=staff(190, 20, 2, within=True))
Flow("stt-in-2023", 1, staff(160, 15, 2), journey(275)).say() \
    .but("green", journey=journey(320)).but("within", support=staff(160, 15, 2, within=True))
Flow("stt-in-2026", 5, staff(170, 5, 2), journey(1735, 2000)).say() \
    .but("green", journey=journey(1735, 2000))
Flow("stt-out-2024", 1, staff(190, 60, 6), journey(285)).say() \
    .but("standard", support=staff(190, 60, 2), journey=journey(211)) \
    .but("within", support=staff(190, 60, 6, within=True))
Flow("zero-grant-2025, students", 2, 0, {}, inclusion="640.50").say()
Flow("zero-grant-2025, teacher", 1, 0, {}).say()
Flow("february-2024", 2, months(800, 180), journey(395), months(250, 180), 1).say() \
    .but("green", journey=journey(535)).but("one more", fewer=2)
Flow("month-ends-2025", 2, months(900, 106, 2), journey(309), months(250, 106), 1).say() \
    .but("green", journey=journey(417)).but("one more", fewer=2)
Flow("below-lowest-band-2024", 1, months(800, 90), {}).say() \
    .but("one", top_up=months(250, 90), fewer=1)
Flow("lowest-band-2025, at 70 %", 1, staff(190, 5), journey(28, 40)).say() \
    .but("green", journey=journey(56, 40))
Flow("lowest-band-2025, below 70 %", 3, staff(190, 5), journey(28, "40.01")).say() \
    .but("green", journey=journey(56, "40.01"))
Flow("lowest-band-2023, green", 2, staff(180, 6), journey(20)).say() \
    .but("standard", journey=journey(20))
Flow("lowest-band-2023, expensive", 1, staff(180, 6), journey(20, 35)).say() \
    .but("green", journey=journey(20, 35))
Flow("fourteen-days-2022, teacher", 1, staff(160, 14, 2), journey(360)).say() \
    .but("green", journey=journey(410)).but("within", support=staff(160, 14, 2, within=True))
Flow("fourteen-days-2022, trainee", 2, staff(160, 10, 4), journey(320)).say() \
    .but("standard", support=staff(160, 10, 2), journey=journey(275))
sums = [
    Flow("sums-2025, AL", 3, staff(148, 5, 2), journey(309)).say()
    .but("green", journey=journey(417)),
    Flow("sums-2025, BA", 1, staff(190, 6, 2), journey(285)).say()
    .but("standard", journey=journey(211)),
    Flow("sums-2025, KG", 4, months(800, 150, 2), journey(1188), 1250, 1, 300).say()
    .but("green", journey=journey(1188)).but("one more", fewer=2),
]
for region, flows in (("region 1", sums[:2]), ("region 6", sums[2:]), ("total", sums)):
    parts = [flow.items() for flow in flows]
    kinds = dict.fromkeys(kind for part in parts for kind in part)
    by_kind = (f"{kind} {eur(sum(part.get(kind, 0) for part in parts))}" for kind in kinds)
    print(f"sums-2025, {region}: {', '.join(by_kind)}; {eur(sum(f.total() for f in flows))}")
print(f"sums-2025, incoming: {eur(sums[0].total() + sums[2].total())}")
Flow("short-top-up-2024, 14 days", 2, days(79, 56, 14), journey(580), 100, 1).say() \
    .but("green", journey=journey(785)).but("one more", fewer=2)
Flow("short-top-up-2024, 15 days", 1, days(79, 56, 13), journey(580), 150, 1).say() \
    .but("green", journey=journey(785))
Flow("sms-in-long-2023-green", 1, months(900, 360, 4), journey(1500)).say() \
    .but("standard", support=months(900, 360, 2), journey=journey(1500)) \
    .but("one", top_up=months(250, 360), fewer=1)
Flow("inclusion-2022", 2, months(800, 60, 2), journey(180), inclusion="1234.56").say() \
    .but("green", journey=journey(210)).but("one", top_up=months(250, 60), fewer=1)
Flow("sta-in-2024", 1, staff(190, 15), journey(785)).say() \
    .but("standard", journey=journey(580))
Flow("sms-out-long-2023", 2, months(700, 120, 3), journey(210)).say() \
    .but("standard", support=months(700, 120, 2), journey=journey(180)) \
    .but("one", top_up=months(250, 120), fewer=1)
Flow("smt-in-long-2026-expensive", 1, months(850, 181, 2), journey(1188, 2000)).say() \
    .but("green", journey=journey(1188, 2000)).but("one", top_up=months(250, 181), fewer=1)
Flow("sms-out-long-2025-cleared", 1, months(700, 60), journey(1735)).say() \
    .but("green", journey=journey(1735)).but("one", top_up=months(250, 60), fewer=1)
