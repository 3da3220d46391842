"""What kind of object a frame shows, by the name in its header: a prior for its colours.

A small built-in table of the objects that people photograph; nobody is asked over the network.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, get_args

Kind = Literal[
    "emission nebula",
    "reflection nebula",
    "planetary nebula",
    "supernova remnant",
    "globular cluster",
    "open cluster",
    "spiral galaxy",
    "elliptical galaxy",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

MESSIER: dict[Kind, str] = {
    "emission nebula": "8 16 17 20 42 43",
    "reflection nebula": "45 78",
    "planetary nebula": "27 57 76 97",
    "supernova remnant": "1",
    "globular cluster": "2-5 9 10 12-15 19 22 28 30 53-56 62 68-72 75 79 80 92 107",
    "open cluster": "6 7 11 18 21 23-26 29 34-39 41 44 46-48 50 52 67 93 103",
    "spiral galaxy": "31 33 51 58 61 63-66 74 77 81-83 88 90 91 94-96 98-101 104 106 108 109",
    "elliptical galaxy": "32 49 59 60 84-87 89 102 105 110",
}
NGC: dict[Kind, str] = {
    "emission nebula": "281 346 602 604 1491 1499 1760 1931 1976 1982 2024 2070 2074 2080"
    " 2174 2175 2237-2239 2244 2246 2264 2359 2467 3199 3247 3324 3372 3576 3582 3603 6188"
    " 6334 6357 6514 6523 6559 6604 6611 6618 6820 6888 7000 7129 7380 7538 7635 7822",
    "reflection nebula": "1333 1432 1435 1788 1973 1975 1977 1999 2023 2064 2067 2068 2071"
    " 2170 2182 2183 2261 6726 6727 6729 7023",
    "planetary nebula": "40 246 650 651 1360 1501 1514 1535 2022 2346 2371 2372 2392 2438"
    " 2440 2452 2792 2818 2867 2899 3132 3195 3211 3242 3587 3918 4361 5189 5307 5315 5882"
    " 5979 6153 6210 6302 6309 6326 6369 6445 6537 6543 6563 6565 6567 6572 6629 6720 6741"
    " 6751 6772 6778 6781 6790 6803 6804 6818 6826 6853 6881 6884 6886 6891 6894 6905 7008"
    " 7009 7026 7027 7048 7094 7293 7354 7662",
    "supernova remnant": "1952 2736 6960 6974 6979 6992 6995",
    "globular cluster": "104 121 288 362 416 419 1261 1466 1806 1846 1851 1866 1904 1978"
    " 2108 2173 2203 2210 2298 2419 2808 3201 4147 4372 4590 4833 5024 5053 5139 5272 5286"
    " 5466 5634 5694 5824 5897 5904 5927 5946 5986 6093 6101 6121 6139 6144 6171 6205 6218"
    " 6229 6235 6254 6256 6266 6273 6284 6287 6293 6304 6316 6325 6333 6341 6342 6352 6355"
    " 6356 6362 6366 6380 6388 6397 6401 6402 6426 6440 6441 6453 6496 6517 6522 6528 6535"
    " 6539-6541 6544 6553 6558 6569 6584 6624 6626 6637 6638 6642 6652 6656 6681 6712 6715"
    " 6717 6723 6749 6752 6760 6779 6809 6838 6864 6934 6981 7006 7078 7089 7099 7492",
    "open cluster": "188 225 265 290 330 376 457 654 659 663 752 869 884 957 1039 1245 1342"
    " 1502 1528 1545 1647 1662 1746 1807 1817 1893 1907 1912 1960 2099 2129 2158 2168 2169"
    " 2194 2232 2243 2251 2281 2286 2287 2301 2323 2324 2343 2353 2360 2362 2420 2422 2423"
    " 2437 2439 2447 2451 2477 2506 2516 2539 2546 2547 2548 2632 2682 3114 3228 3293 3532"
    " 3766 4103 4349 4609 4755 5281 5460 5617 5662 5822 6025 6067 6087 6124 6134 6152 6193"
    " 6231 6242 6281 6383 6405 6416 6425 6475 6494 6520 6531 6603 6613 6633 6645 6649 6694"
    " 6705 6709 6716 6755 6791 6802 6811 6819 6830 6834 6866 6871 6885 6910 6913 6939 6940"
    " 7062 7063 7082 7086 7092 7142 7160 7209 7243 7261 7510 7654 7686 7789 7790",
    "spiral galaxy": "55 157 210 224 247 253 300 598 613 628 660 891 908 925 1055 1068 1073"
    " 1084 1087 1097 1232 1300 1313 1350 1365 1398 1433 1512 1530 1559 1566 1569 1637 1667"
    " 1672 1792 1808 1961 2146 2207 2276 2336 2403 2442 2525 2608 2683 2775 2841 2903 2976"
    " 2997 3021 3031 3034 3079 3147 3184 3190 3198 3256 3310 3314 3338 3344 3351 3359 3368"
    " 3370 3432 3486 3504 3511 3521 3556 3621 3623 3627 3628 3642 3672 3690 3718 3726 3729"
    " 3810 3938 3949 3953 3981 3982 3992 4013 4027 4038 4039 4051 4088 4096 4100 4144 4151"
    " 4157 4192 4212 4214 4216 4217 4236 4244 4254 4258 4298 4302 4303 4314 4319 4321 4388"
    " 4395 4402 4414 4438 4449 4450 4485 4490 4501 4517 4522 4535 4536 4548 4559 4565"
    " 4567-4569 4571 4579 4594 4603 4605 4618 4625 4631 4639 4647 4651 4653 4654 4656 4666"
    " 4676 4689 4710 4725 4731 4736 4747 4753 4762 4826 4845 4911 4921 4945 5005 5033 5055"
    " 5068 5170 5194 5236 5247 5248 5257 5258 5278 5301 5350 5364 5371 5383 5394 5395 5426"
    " 5427 5457 5468 5474 5529 5584 5585 5643 5689 5746 5775 5792 5806 5905 5907 5921 5949"
    " 5985 6015 6050 6118 6217 6240 6384 6412 6503 6621 6643 6744 6745 6753 6764 6814 6872"
    " 6907 6946 6951 6984 7059 7090 7137 7184 7205 7217 7253 7314 7317-7320 7331 7361 7418"
    " 7424 7469 7479 7496 7497 7541 7552 7582 7606 7640 7674 7678 7714 7723 7727 7741 7742"
    " 7752 7753 7769 7773 7793 7814",
    "elliptical galaxy": "57 147 185 205 221 315 383 404 474 524 584 720 741 821 936 1016"
    " 1023 1052 1132 1199 1201 1209 1275 1316 1332 1344 1374 1379 1380 1381 1387 1389 1395"
    " 1399 1400 1404 1407 1427 1549 1553 1600 1700 2300 2768 2787 2865 3078 3091 3115 3193"
    " 3226 3258 3268 3309 3311 3377 3379 3384 3412 3489 3557 3585 3593 3605 3607 3608 3610"
    " 3640 3842 3862 3923 3998 4073 4111 4125 4203 4239 4251 4261 4267 4278 4365 4371 4374"
    " 4382 4387 4406 4417 4429 4435 4442 4458 4459 4472 4473 4474 4476-4478 4482 4486 4489"
    " 4494 4503 4526 4546 4550 4551 4552 4564 4570 4578 4589 4596 4608 4612 4621 4636 4638"
    " 4649 4660 4694 4696 4697 4709 4754 4839 4874 4889 5018 5044 5061 5084 5102 5128 5173"
    " 5195 5198 5322 5353 5485 5532 5557 5576 5638 5687 5812 5813 5831 5838 5839 5845 5846"
    " 5866 5982 6166 6251 6482 6703 6861 6868 6876 7041 7049 7052 7144 7145 7173 7176 7196"
    " 7252 7332 7385 7457 7507 7562 7619 7626 7768",
}
IC: dict[Kind, str] = {
    "emission nebula": "405 410 417 434 1283 1284 1318 1396 1470 1795 1805 1848 1871 2177"
    " 2599 2872 2944 2948 4628 4685 5067 5068 5070 5146",
    "reflection nebula": "59 63 348 349 423 426 432 435 446 447 1287 2087 2118 2169 2220"
    " 2631 4592 4601 4603 4604 4812",
    "planetary nebula": "289 418 1295 1454 1747 2003 2149 2165 2448 2501 2553 2621 3568"
    " 4191 4406 4593 4634 4637 4663 4776 4846 4997 5117 5148 5150 5217",
    "supernova remnant": "443",
    "globular cluster": "1257 1276 4499",
    "open cluster": "166 361 1311 1590 2157 2391 2395 2488 2581 2602 2714 4651 4665 4756 4996",
    "spiral galaxy": "10 51 239 342 356 467 529 694 749 750 883 1613 1727 1954 1993 2006"
    " 2163 2233 2537 2560 2574 4182 4351 4710 4721 5052 5179 5201 5283 5332",
    "elliptical galaxy": "1101 1459 2035 3370 4296 4329 4765 4797 5358",
}
_NICKNAMES: dict[Kind, str] = {
    "emission nebula": "horsehead|flame|orion neb|great orion|lagoon|trifid|eagle|pillars|omega"
    " neb|swan neb|rosette|cone neb|christmas tree|california neb|north america|pelican|heart neb"
    "|soul neb|carina|eta car|keyhole|cosmic cliffs|mystic mountain|tarantula|30 ?dor|bubble|cocoon"
    "|crescent neb|elephant|gamma cyg|butterfly neb|monkey head|jellyfish neb|running chicken"
    "|cat.?s paw|war and peace|lobster neb|gum neb|thor.?s helmet|pacman|wizard|cave neb"
    "|flaming star|tadpoles|barnard.?s? loop|barnard ?33|b ?33|sh ?2|sharpless|rcw|westerlund"
    "|dragons? of ara|statue of liberty|seagull|hii region|h ?ii",
    "reflection nebula": "pleiades|merope|maia neb|seven sisters|witch.?head|iris neb|running man"
    "|rho.?oph|hubble.?s variable|corona australis|blue horsehead|ghost neb|vdb",
    "planetary nebula": "ring neb|dumbbell|helix|cat.?s.?eye|owl neb|eskimo|clown|saturn neb"
    "|blue snowball|butterfly planetary|bug neb|hourglass neb|mycn|ant neb|spirograph|little gem"
    "|southern ring|eight.?burst|ghost of jup|red rect|egg neb|calabash|stingray|planetary"
    "|medusa neb|skull neb|blinking|twin jet|necklace neb|fleming",
    "supernova remnant": "crab|veil neb|cygnus loop|witch.?s broom|cas(siopeia)? ?a\\b|kepler.?s"
    " (super|rem|snr)|tycho|vela (snr|super|rem)|simeis ?147|spaghetti|sn ?1006|sn ?1987|snr",
    "globular cluster": "omega cen|47 ?tuc|hercules (glob|cluster)|great globular|globular"
    "|terzan|palomar|liller|pal ?\\d",
    "open cluster": "double cluster|beehive|praesepe|wild duck|jewel box|hyades|open cluster"
    "|butterfly cluster|ptolemy|coma star|melotte|trumpler|collinder",
    "spiral galaxy": "andromeda|whirlpool|pinwheel|triangulum|sombrero|bode|cigar|sunflower gal"
    "|black eye|needle gal|silver.?dollar|sculptor gal|southern pinwheel|fireworks|phantom gal"
    "|cartwheel|antennae|tadpole gal|condor gal|spiral|whale gal|hockey|leo tripl|spindle gal"
    "|circinus|great barred|splinter|mice gal",
    "elliptical galaxy": "virgo a\\b|cent(aurus)? ?a\\b|fornax a\\b|perseus a\\b|elliptical"
    "|hercules a\\b",
}


def kind_of(name: str) -> Kind | None:
    """The kind of the object that a name speaks of ("M 45", "NGC7293", "Horsehead Nebula"), or
    None for names that the table does not know.
    """
    low = re.sub(r"\s+", " ", name.lower().replace("_", " ")).strip()
    for kind in KINDS:
        if kind in low:
            return kind
    for kind, pattern in _NICKNAMES.items():
        if re.search(rf"(?<![a-z0-9])(?:{pattern})", low):
            return kind
    for prefix, table in (("m(?:essier)?", MESSIER), ("ngc|n", NGC), ("ic", IC)):
        if match := re.search(rf"(?<![a-z])(?:{prefix})[ -]?0*(\d{{1,4}})(?!\d)", low):
            found = _numbers(prefix).get(int(match[1]))
            if found is not None or table is NGC:
                return found
    return None


@cache
def _numbers(prefix: str) -> dict[int, Kind]:
    table = {"m(?:essier)?": MESSIER, "ngc|n": NGC, "ic": IC}[prefix]
    found: dict[int, Kind] = {}
    for kind, text in table.items():
        for part in text.split():
            first, _, last = part.partition("-")
            found.update(dict.fromkeys(range(int(first), int(last or first) + 1), kind))
    return found
