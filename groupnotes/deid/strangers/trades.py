"""The words that end the names of firms, schools, churches and practices, by their trade.

Written for GroupNotes from general knowledge, along the sectors by which the U.S. Census Bureau
sorts industries (NAICS); nothing is copied from there.
"""

TRADES = frozenset(
    """
    aerospace airlines airways alloys apothecary apparel appliance appliances aquatics assembly
    assurance aviation avionics beverage beverages bottling bowling brewing brickworks broadband
    broadcasting burger burgers cab cabinetry cabs cannery cardiology carpentry carpet carpets
    carwash castings casualty ceramics chemical chemicals chicken chiropractic chronicle courier
    crossfit depot dermatology detailing detox dialysis donut drains drugstore electronics emporium
    endocrinology excavating excavation express exteriors fashions feedlot fence fencing fertility
    flooring forge gastroenterology gazette glassworks glazing grooming guards gurdwara gutters
    hatchery hauling herald homecare homehealth homes interiors ironworks janitorial kennel
    laundromat lending limo liquor liquors mandir mattress metals metalworks midwifery millwork
    mining movers nannies nephrology neurology obgyn oncology ophthalmology outfitters petroleum
    physio physiotherapy pilates pizza pizzas plastering plumbing podiatry polytechnic pottery
    prosthetics pulmonology radiology railroad recovery recruiting remodeling rendering repair
    repairs retreat rheumatology rink roastery roofers sangha scaffolding septic sheds shipyard
    shipyards sitters skate slaughterhouse solar spirits staffing stamping steel steelworks
    stockyard stockyards subs superstore synod tannery taxi tea telecom tilers towing traders
    trading tribune tutoring tutors upholstery urgentcare urology utilities vape vending veterinary
    vitamins washateria wine wines wireless woodworks zendo
    """.split()  # noqa: SIM905 - as prose it is read
)
