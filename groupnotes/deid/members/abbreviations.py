"""What reads like someone's initials and is an abbreviation of clinical or everyday English."""

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

ABBREVIATIONS = frozenset(
    """
    aa ab abd abn ac aca act ad adl aeb afl ag ai aka al alt am ama amb ana ao ap app appt apt
    ar asa asap asl ast at atb atty av ave aw az ba bc bd bf bfs bh bid bio biz bl blvd bm bmi
    bp bpd bpm br bs bsa bsw bx ca cbd cbt cc ccu cd cdc ceo cf cfo ch chf ci cia cig cm cmo cms
    cna cns co cob coo cp cpr cps cpt cs csa csw ct cu cva cx da dba dbt dc dd de dea def dept
    dhs diag dj dl dm dmv dna dnr do doa dob doc dod doj dos dot dp dr ds dsm dss dt dts dui dv
    dvd dwi dx ea ect ed eeg eg ehr ekg el em emr ems er esl esp et eta etc etoh ex ext fa faq
    fb fbi fda ff fl fm fmla fms fp ft ftt fu fx fy ga gad gaf gal ged gf gi gp gpa gps gt gu
    gym ha hb hbp hcp hd hep hhs hi hip hiv hl hm hmo ho hoh hosp hov hq hr hrs hs ht htn hud hx
    ia ib ibs ic ice icu id ie ig ii iii il im in ins int inv io iop iou ip ipv iq ir irs is it
    iv ivf ix jail jr js ks ky la lac lb lbs lcsw ld lg lh lmft lmsw lol lpc lpn ls lsd lt lx ma
    mac mad maoi mat max mc md mdd me med meds met mfr mft mg mgr mh mha mhp mi mid min misc ml
    mm mmse mn mo mom mph mr mri ms msc msg mst msw mt mtg mva mvp mx my na nai nami nc ncr nd
    ne nh nhs nj nl nm no nos np npi npo nv ny ob obs oc ocd od odd oh oj ok om on oo op opp or
    org os ot otc oud ow oz pa pac pag para pc pcl pcp pd pdd pdf ph phd phi php phq pi pip pis
    pj pl plz pm pmr pn po pos pov pp ppd ppl pr prn pro ps psa psg pst psy psyd pt pta ptn pto
    pts ptsd pvt px qa qd qi ql qt ra ram rd rdos re rec ref reg rehab rem rep ret rev rf ri rk
    rn ro roi ros rpm rr rs rsvp rt rtc rx sa sad sat sc sd sds se sep sf sg sh shx si sib sic
    sim sis sl sm smi snf snri so soap soc sos sp spc spo sr ss ssa ssd ssdi ssi ssn ssri st sta
    std ste stem sti su sub sud suds sup sux sw sx ta tb tbd tbi tc td tf thc ti tia tid tl tm tn
    to tp tpr ts tsp tv tx ty ua uds ui uk ul un univ up us usa usb usc usps ut uti va vc vd vet
    vi vii viii vip vn vol vp vr vs vt wa wbc wc wfh wi wic wk wkly wks wm wnl wo wrap wt wv wwi
    wwii wy xl xx yd ymca yo yr yrs ywca zip zoom
    """.split()
)
"""Alone, and in capitals, they are initials only where the words around speak of a person."""

DOTTED = frozenset(
    """
    ad am ba bc bs ca dc dds do dvm ed edd eg esq etc id ie lcsw ma md mph ms msw np pa
    phd pm po psyd rn st tv us usa vs
    """.split()
)
"""Abbreviations that are written with points as well."""

NEVER = frozenset(
    """
    rn lpn cna
    aa am bf bp cl cm da dad dr dx eg er ex gf hi hr hrs hw hx icu id ie iv la lb lbs md mg
    min ml mom mr mrs ms na nd np od ok ot pa pd pm po pt pts rd re rx si st sw sx th tv tx
    us vs
    """.split()
)
"""What every note is made of: as initials they are written with points."""
