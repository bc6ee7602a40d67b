/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solid and liquid oxides: NASA CEA, SUPCRT07. Written by tools/make-species-table. */
#include "thermo/species_table.h"

/* clang-format off */
/* {lowest K, highest K, {a1..a7}, b1, b2} */

static const struct sw_species_range fe_947o_cr[] = {
    /* Fe.947O(cr) [g11/00] Wustite. Pankratz,1983 p155. */
    {298.15, 1652.0, {-11791.93966, 138.8393372, 2.999841854, 0.0127452721, -1.883886065e-05,
     1.274258345e-08, -3.042206479e-12}, -34173.505, -12.8475912},
};

static const struct sw_species_range fe_947o_l[] = {
    /* Fe.947O(L) [g11/00] Wustite Liquid. Pankratz,1983 p155. */
    {1652.0, 6000.0, {0.0, 0.0, 8.147077819, 0.0, 0.0, 0.0, 0.0}, -32550.8065, -39.95344357},
};

static const struct sw_species_range fe2o3_cr[] = {
    /* Fe2O3(cr) [g 1/01] Hematite below Curie pt. Pankratz,1983 p158. */
    {298.15, 600.0, {-2713211.885, 23230.47773, -67.6570177, 0.1306052231, -6.97068812e-05, 0.0,
     0.0}, -225608.9397, 422.807258},
    {600.0, 960.0, {333349251.0, -1859961.832, 3885.13819, -3.56259948, 0.001231055904, 0.0, 0.0},
     10580588.7, -25553.06055},
    /* Fe2O3(cr) [g 1/01] Hematite above Curie pt. Pankratz,1983 p158. */
    {960.0, 1800.0, {-28440090.66, 125378.645, -211.9080355, 0.2221481558, -0.0001206765164,
     3.48073805e-08, -4.16529786e-12}, -848392.652, 1433.002161},
};

static const struct sw_species_range fe3o4_cr[] = {
    /* Fe3O4(cr) [g 1/01] Magnetite. Pankratz,1983 p160. Westrum,1969. */
    {298.15, 800.0, {-4407671.38, 53517.6027, -261.3667759, 0.743193149, -0.000976784399,
     5.85886544e-07, -8.78084318e-11}, -401807.545, 1478.276107},
    {800.0, 850.0, {0.0, 0.0, -107.0116148, 0.1738436706, 0.0, 0.0, 0.0}, -92310.226, 616.926572},
    /* Fe3O4(cr) [g 1/01] Magnetite above Curie Pt. Pankratz,1983 p160. */
    {850.0, 1870.0, {57316919.8, -181610.5186, 277.7813396, -0.1849830315, 6.14564115e-05,
     -3.66035086e-09, -1.383713617e-12}, 990699.285, -1868.855147},
};

static const struct sw_species_range fe3o4_l[] = {
    /* Fe3O4(L) [g 1/01] Liquid. Chase,1998 p1250 6/65. */
    {1870.0, 6000.0, {0.0, 0.0, 24.15439996, 0.0, 0.0, 0.0, 0.0}, -124254.1349, -110.9781572},
};

static const struct sw_species_range cuo_cr[] = {
    /* CuO(cr) [g11/00] Crystal. King,1973 p56. */
    {298.15, 500.0, {-451691.732, 5470.07809, -21.9947439, 0.0592981586, -4.34615259e-05, 0.0, 0.0},
     -47094.8537, 130.5030297},
    {500.0, 1400.0, {1200465.628, -7265.7876, 20.78520457, -0.01455522591, 1.267438982e-05,
     -1.010207859e-08, 3.8180255e-12}, 20994.55971, -127.2540351},
};

static const struct sw_species_range cu2o_cr[] = {
    /* Cu2O(cr) [g10/00] Crystal. King,1973 p60. */
    {298.15, 600.0, {694309.394, -11072.06812, 70.0760082, -0.1693010736, 0.0002296941394,
     -1.193708373e-07, 0.0}, 29719.95795, -380.060357},
    {600.0, 1516.7, {4899293.25, -32267.6771, 92.4291324, -0.1133053506, 8.88645846e-05,
     -3.91177959e-08, 8.17075314e-12}, 156236.4374, -566.828545},
};

static const struct sw_species_range zro2[] = {
    /* ZrO2(III) [tpis82] Monoclinic. Gurvich,1982 pt1 p123 pt2 p122. */
    {298.15, 500.0, {-4214621.83, 79187.3235, -607.126791, 2.463358622, -0.00538866593,
     6.144154e-06, -2.860860736e-09}, -489305.103, 3163.54273},
    {500.0, 1445.0, {-161691.1113, 0.0, 8.21846438, 0.001091902502, 0.0, 0.0, 0.0}, -135376.0676,
     -42.0000768},
    /* ZrO2(II) [tpis82] Tetragonal. Gurvich,1982 pt1 p123 pt2 p122. */
    {1445.0, 2620.0, {0.0, 0.0, 9.393217399, 0.0, 0.0, 0.0, 0.0}, -134811.4469, -48.23174581},
};

static const struct sw_species_range tio2_cr[] = {
    /* TiO2(cr) [tpis82] Rutile,tetragonal. Gurvich,1982 pt1 p105 pt2 p105. */
    {298.15, 500.0, {17122641.57, -299705.9314, 2143.439285, -7.99723044, 0.01661745261,
     -1.817331921e-05, 8.17940336e-09}, 1253121.023, -11325.09587},
    {500.0, 2185.0, {-124420.1863, 0.0, 7.60057734, 0.001421666301, 0.0, 0.0, 0.0}, -116283.1515,
     -38.3405343},
};

static const struct sw_species_range ti4o7_cr[] = {
    /* Ti4O7(cr) [tpis82] Triclinic. Gurvich,1982 pt1 p112 pt2 p111. */
    {298.15, 500.0, {4558528.43, -81469.5564, 575.864373, -1.933194123, 0.00384253653,
     -4.03078112e-06, 1.748510017e-09}, -42392.3076, -3066.670887},
    {500.0, 1960.0, {-467528.793, 0.0, 29.61388604, 0.00577382022, 0.0, 0.0, 0.0}, -419938.615,
     -148.8468383},
};

static const struct sw_species_range ti3o5_b[] = {
    /* Ti3O5(b) [tpis82] Beta,rhombic. Gurvich,1982 pt1 p111 pt2 p110. */
    {448.0, 2050.0, {0.0, 0.0, 20.20131072, 0.005124775844, 0.0, 0.0, 0.0}, -300493.3224,
     -98.63577455},
};

static const struct sw_species_range ti2o3_i[] = {
    /* Ti2O3(I) [tpis82] Hexagonal. Gurvich,1982 pt1 p109 pt2 p108. */
    {298.15, 400.0, {-1771212.92, 23444.59434, -111.0358342, 0.2714352074, -0.0001921153675, 0.0,
     0.0}, -299593.2792, 638.214681},
    {400.0, 464.0, {0.0, 0.0, 56.92590423, -0.2558542837, 0.0003734811793, 0.0, 0.0}, -191765.3868,
     -255.5304929},
};

static const struct sw_species_range tio_b[] = {
    /* TiO(b) [tpis82] Beta,cubic. Gurvich,1982 pt1 p98 pt2 p99. */
    {1265.0, 1810.0, {-140008.2506, 0.0, 6.17330426, 0.001455287203, 0.0, 0.0, 0.0}, -67563.5779,
     -32.49519859},
};

static const struct sw_species_range sro_cr[] = {
    /* SrO(cr) [tpis96] Cubic. Gurvich,1996a pt1 p494 pt2 p383. */
    {298.15, 500.0, {-1625438.799, 29323.75088, -213.6643281, 0.852658154, -0.001819594223,
     2.035599655e-06, -9.34088329e-10}, -205306.9998, 1123.784285},
    {500.0, 1800.0, {-34109.04551, 0.0, 5.049245235, 0.003431471007, -3.042151612e-06,
     9.069686608e-10, 0.0}, -72827.8204, -23.17163697},
    {1800.0, 2805.0, {-39711179.61, 0.0, 78.50733236, -0.05336790743, 1.125297823e-05, 0.0, 0.0},
     -160489.685, -499.0588969},
};

static const struct sw_species_range wo2_cr[] = {
    /* WO2(cr) [tpis82] Gurvich,1982 pt1 p46 pt2 p49. */
    {100.0, 298.15, {-17338.42408, 0.0, 2.558979845, 0.01457260175, 0.0, 0.0, 0.0}, -72200.5863,
     -12.93182268},
    {298.15, 2000.0, {-155571.4047, 0.0, 7.983272616, 0.001595163155, 0.0, 0.0, 0.0}, -73704.6705,
     -40.7455529},
};

static const struct sw_species_range wo3[] = {
    /* WO3(III,II) [tpis82] Gurvich,1982 pt1 p49 pt2 p51. */
    {325.0, 1013.0, {-51861.14395, 0.0, 8.54830892, 0.004317151582, 0.0, 0.0, 0.0}, -104093.5177,
     -40.44670662},
    /* WO3(I) [tpis82] Gurvich,1982 pt1 p49 pt2 p51. */
    {1013.0, 1747.0, {0.0, 0.0, 9.73755519, 0.00195862414, 0.0, 0.0, 0.0}, -103916.633,
     -46.14390358},
};

static const struct sw_species_range moo2_cr[] = {
    /* MoO2(cr) [tpis82] Monoclinic. Gurvich,1982 pt1 p27 pt2 p32. */
    {298.15, 500.0, {-6526622.37, 123015.6278, -944.393751, 3.80739333, -0.00831972908,
     9.47710654e-06, -4.40897239e-09}, -624458.812, 4921.84914},
    {500.0, 2000.0, {-205141.8601, 0.0, 8.96329588, -0.0001128973209, 1.146693959e-06, 0.0, 0.0},
     -74241.6244, -46.6466913},
};

static const struct sw_species_range moo3_cr[] = {
    /* MoO3(cr) [tpis82] Rhombic. Gurvich,1982 pt1 p30 pt2 p34. */
    {298.15, 500.0, {9061545.81, -165867.5979, 1230.236799, -4.69150373, 0.00996582858,
     -1.109194136e-05, 5.06562849e-09}, 659093.747, -6461.59854},
    {500.0, 1075.0, {-94629.74968, 0.0, 8.841771794, 0.004197842086, 0.0, 0.0, 0.0}, -92694.4528,
     -42.82025959},
};

static const struct sw_species_range cr2o3_i[] = {
    /* Cr2O3(I) [tpis82] Hexagonal. Gurvich,1982 pt1 p18 pt2 p22. */
    {306.0, 310.0, {0.0, 0.0, 6705.915562, -43.03760534, 0.06919229155, 0.0, 0.0}, -834987.516,
     -28441.67579},
    /* Cr2O3(I) [tpis82] Hexagonal. Gurvich,1982 pt1 p18 pt2 p22. */
    {310.0, 335.0, {0.0, 0.0, 244.3570337, -1.399445548, 0.002113509996, 0.0, 0.0}, -166503.2895,
     -1059.172219},
    /* Cr2O3(I) [tpis82] Hexagonal. Gurvich,1982 pt1 p18 pt2 p22. */
    {335.0, 2705.0, {-341547.4875, 0.0, 16.16932327, -0.001517828471, 1.014852348e-06, 0.0, 0.0},
     -143047.8214, -83.74919535},
};

static const struct sw_species_range v2o3_cr[] = {
    /* V2O3(cr) [tpis82] Hexagonal. Gurvich,1982 pt1 p65 pt2 p67. */
    {298.15, 500.0, {-24459358.04, 455562.724, -3448.9662, 13.65879117, -0.0295566635,
     3.34061303e-05, -1.544661718e-08}, -2200372.063, 18029.28653},
    {500.0, 2230.0, {-414834.286, 0.0, 17.35995875, -0.002248234102, 1.310940149e-06, 0.0, 0.0},
     -152825.2156, -89.266889},
};

static const struct sw_species_range v2o5_cr[] = {
    /* V2O5(cr) [tpis82] Rhombic. Gurvich,1982 pt1 p68 pt2 p69. */
    {298.15, 500.0, {-11495858.95, 220085.2292, -1711.429444, 6.99761022, -0.0154389299,
     1.771425949e-05, -8.28398762e-09}, -1174509.299, 8899.97901},
    {500.0, 954.0, {-470832.842, 0.0, 22.97387367, -0.01118831481, 1.14681548e-05, 0.0, 0.0},
     -194573.845, -115.0219507},
};

static const struct sw_species_range mgo_cr[] = {
    /* MgO(cr) [tpis96] Cubic Gurvich,1996a pt1 p397 pt2 p317. */
    {298.15, 500.0, {-898078.457, 17712.45421, -144.9325747, 0.63975911, -0.0014583468,
     1.715467374e-06, -8.18348237e-10}, -151629.0864, 743.900969},
    {500.0, 3100.0, {-116952.1716, 0.0, 5.510366817, 0.001085932905, -4.866191754e-07,
     1.253230798e-10, 0.0}, -74434.8272, -29.11564935},
};

static const struct sw_species_range cao_cr[] = {
    /* CaO(cr) [tpis96] Cubic Gurvich,1996a pt1 p442 pt2 p348. */
    {298.15, 500.0, {-4775526.94, 90377.1142, -694.432081, 2.802477174, -0.00612940322,
     6.9821678e-06, -3.24754384e-09}, -482941.143, 3619.04632},
    {500.0, 3172.0, {-145937.644, 0.0, 7.174205094, -0.001959947129, 1.291116374e-06,
     -2.077091735e-10, 0.0}, -78915.2508, -36.58562837},
};

static const struct sw_species_range al2o3_a[] = {
    /* AL2O3(a) [tpis96] Alpha,corundum. Gurvich,1996a pt1 p134 pt2 p103. */
    {298.15, 500.0, {-5391549.97, 103667.6983, -817.322915, 3.38825872, -0.00751240036,
     8.65924882e-06, -4.06608567e-09}, -666013.465, 4235.50223},
    {500.0, 1200.0, {-604208.7868, 0.0, 14.75480816, 0.0008272285438, 0.0, 0.0, 0.0}, -207923.5447,
     -81.3602948},
    {1200.0, 2327.0, {0.0, 0.0, 12.93774378, 0.001992781294, 0.0, 0.0, 0.0}, -206078.7581,
     -69.66603728},
};

static const struct sw_species_range bunsenite[] = {
    /* Bunsenite: Hf -239743.2 J/mol, S 37.99072 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in
       J/(mol K): a [-20.87816, 58.07392, 46.77712], b [0.15723472, 0.0, 0.00845168], c [1627576.0,
       0.0, 0.0]; transitions at [525.0, 565.0] K with [0.0, 0.0] J/mol */
    {298.15, 525.0, {195751.28299803595, 0.0, -2.5110511623655514, 0.018910882300941366, 0.0, 0.0,
     0.0}, -28269.618551378615, 14.33892943293903},
    {525.0, 565.0, {0.0, 0.0, 6.9846473213695095, 0.0, 0.0, 0.0, 0.0}, -31021.563874903964,
     -35.563303112437254},
    {565.0, 2000.0, {0.0, 0.0, 5.625962323696766, 0.0010164976649255338, 0.0, 0.0, 0.0},
     -30416.152584761792, -27.527874239344893},
};

static const struct sw_species_range ferrous_oxide[] = {
    /* Ferrous-Oxide: Hf -272043.68 J/mol, S 60.75168 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in
       J/(mol K): a 50.718448, b 0.008669248, c -313800.0 */
    {298.15, 1600.0, {-37741.249935353975, 0.0, 6.099992422884812, 0.0010426649315473792, 0.0, 0.0,
     0.0}, -34710.78815119753, -27.9717450592354},
};

static const struct sw_species_range ruo2[] = {
    /* RuO2: Hf -307189.28 J/mol, S 52.3 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in J/(mol K): a
       69.8728, b 0.01046, c -1485320.0 */
    {298.15, 1300.0, {-178641.91636067547, 0.0, 8.403718318938818, 0.0012580416645117992, 0.0, 0.0,
     0.0}, -40106.81995817369, -42.97068422337169},
};

static const struct sw_species_range manganosite[] = {
    /* Manganosite: Hf -385220.88 J/mol, S 59.70568 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in
       J/(mol K): a 46.48424, b 0.00811696, c -368192.0 */
    {298.15, 1800.0, {-44283.06659081533, 0.0, 5.590737157090436, 0.0009762403316611561, 0.0, 0.0,
     0.0}, -48189.95350928265, -25.213009443438235},
};

static const struct sw_species_range zincite[] = {
    /* Zincite: Hf -350460.21 J/mol, S 43.63912 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in J/(mol
       K): a 48.99464, b 0.00510448, c -912112.0 */
    {298.15, 2000.0, {-109701.2331454289, 0.0, 5.892667156573267, 0.000613924332281758, 0.0, 0.0,
     0.0}, -44302.55997081136, -29.125570718138967},
};

static const struct sw_species_range quartz[] = {
    /* Quartz: Hf -910647.6 J/mol, S 41.33792 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in J/(mol
       K): a [46.94448, 60.29144], b [0.0343088, 0.00811696], c [-1129680.0, 0.0]; transitions at
       [848.0] K with [1213.36] J/mol */
    {298.15, 848.0, {-135868.4997672743, 0.0, 5.646090990328955, 0.004126376659598701, 0.0, 0.0,
     0.0}, -111847.59839423657, -29.191869358726066},
    {848.0, 2000.0, {0.0, 0.0, 7.25135215424601, 0.0009762403316611561, 0.0, 0.0, 0.0},
     -111770.06692371085, -37.07807687678729},
};

static const struct sw_species_range spinel[] = {
    /* Spinel: Hf -2288007.8 J/mol, S 80.62568 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in J/(mol
       K): a 153.85743, b 0.026842268, c -4062158.6 */
    {298.15, 2000.0, {-488562.59719454305, 0.0, 18.5046899937579, 0.0032283643894829637, 0.0, 0.0,
     0.0}, -282481.8287541021, -99.44583707511177},
};

const struct sw_substance sw_species_oxides[] = {
    {.name = "Fe0.947O",
     .aliases = {"Fe.947O(cr)", "Fe.947O", "Fe0.947O(wustite)", "Fe0.947O(s)", "Fe0.947O(cr)"},
     .source = "NASA CEA thermo.inp: Wustite. Pankratz,1983 p155. [g11/00]",
     .gas = false, .atoms = {{26, 0.947}, {8, 1.0}},
     .ranges = fe_947o_cr, .range_count = 1},
    {.name = "Fe0.947O(l)",
     .aliases = {"Fe.947O(L)", "Fe.947O(l)"},
     .source = "NASA CEA thermo.inp: Wustite Liquid. Pankratz,1983 p155. [g11/00]",
     .gas = false, .atoms = {{26, 0.947}, {8, 1.0}},
     .ranges = fe_947o_l, .range_count = 1},
    {.name = "Fe2O3",
     .aliases = {"Fe2O3(cr)", "Fe2O3(hematite)", "Fe2O3(s)"},
     .source = "NASA CEA thermo.inp: Hematite below Curie pt. Pankratz,1983 p158. [g 1/01]; "
               "Hematite above Curie pt. Pankratz,1983 p158. [g 1/01]",
     .gas = false, .atoms = {{26, 2.0}, {8, 3.0}},
     .ranges = fe2o3_cr, .range_count = 3},
    {.name = "Fe3O4",
     .aliases = {"Fe3O4(cr)", "Fe3O4(magnetite)", "Fe3O4(s)"},
     .source = "NASA CEA thermo.inp: Magnetite. Pankratz,1983 p160. Westrum,1969. [g 1/01]; "
               "Magnetite above Curie Pt. Pankratz,1983 p160. [g 1/01]",
     .gas = false, .atoms = {{26, 3.0}, {8, 4.0}},
     .ranges = fe3o4_cr, .range_count = 3},
    {.name = "Fe3O4(l)",
     .aliases = {"Fe3O4(L)"},
     .source = "NASA CEA thermo.inp: Liquid. Chase,1998 p1250 6/65. [g 1/01]",
     .gas = false, .atoms = {{26, 3.0}, {8, 4.0}},
     .ranges = fe3o4_l, .range_count = 1},
    {.name = "CuO",
     .aliases = {"CuO(cr)", "CuO(tenorite)", "CuO(s)"},
     .source = "NASA CEA thermo.inp: Crystal. King,1973 p56. [g11/00]",
     .gas = false, .atoms = {{29, 1.0}, {8, 1.0}},
     .ranges = cuo_cr, .range_count = 2},
    {.name = "Cu2O",
     .aliases = {"Cu2O(cr)", "Cu2O(cuprite)", "Cu2O(s)"},
     .source = "NASA CEA thermo.inp: Crystal. King,1973 p60. [g10/00]",
     .gas = false, .atoms = {{29, 2.0}, {8, 1.0}},
     .ranges = cu2o_cr, .range_count = 2},
    {.name = "ZrO2",
     .aliases = {"ZrO2(s)", "ZrO2(cr)"},
     .source = "NASA CEA thermo.inp: Monoclinic. Gurvich,1982 pt1 p123 pt2 p122. [tpis82]; "
               "Tetragonal. Gurvich,1982 pt1 p123 pt2 p122. [tpis82]",
     .gas = false, .atoms = {{40, 1.0}, {8, 2.0}},
     .ranges = zro2, .range_count = 3},
    {.name = "ZrO2(monoclinic)",
     .aliases = {"ZrO2(III)"},
     .source = "NASA CEA thermo.inp: Monoclinic. Gurvich,1982 pt1 p123 pt2 p122. [tpis82]",
     .gas = false, .atoms = {{40, 1.0}, {8, 2.0}},
     .ranges = zro2, .range_count = 2},
    {.name = "ZrO2(tetragonal)",
     .aliases = {"ZrO2(II)"},
     .source = "NASA CEA thermo.inp: Tetragonal. Gurvich,1982 pt1 p123 pt2 p122. [tpis82]",
     .gas = false, .atoms = {{40, 1.0}, {8, 2.0}},
     .ranges = zro2 + 2, .range_count = 1},
    {.name = "TiO2",
     .aliases = {"TiO2(cr)", "TiO2(rutile)", "TiO2(s)"},
     .source = "NASA CEA thermo.inp: Rutile,tetragonal. Gurvich,1982 pt1 p105 pt2 p105. [tpis82]",
     .gas = false, .atoms = {{22, 1.0}, {8, 2.0}},
     .ranges = tio2_cr, .range_count = 2},
    {.name = "Ti4O7",
     .aliases = {"Ti4O7(cr)", "Ti4O7(s)"},
     .source = "NASA CEA thermo.inp: Triclinic. Gurvich,1982 pt1 p112 pt2 p111. [tpis82]",
     .gas = false, .atoms = {{22, 4.0}, {8, 7.0}},
     .ranges = ti4o7_cr, .range_count = 2},
    {.name = "Ti3O5",
     .aliases = {"Ti3O5(b)", "Ti3O5(beta)", "Ti3O5(s)", "Ti3O5(cr)"},
     .source = "NASA CEA thermo.inp: Beta,rhombic. Gurvich,1982 pt1 p111 pt2 p110. [tpis82]",
     .gas = false, .atoms = {{22, 3.0}, {8, 5.0}},
     .ranges = ti3o5_b, .range_count = 1},
    {.name = "Ti2O3",
     .aliases = {"Ti2O3(I)", "Ti2O3(s)", "Ti2O3(cr)"},
     .source = "NASA CEA thermo.inp: Hexagonal. Gurvich,1982 pt1 p109 pt2 p108. [tpis82]",
     .gas = false, .atoms = {{22, 2.0}, {8, 3.0}},
     .ranges = ti2o3_i, .range_count = 2},
    {.name = "TiO",
     .aliases = {"TiO(b)", "TiO(beta)", "TiO(s)", "TiO(cr)"},
     .source = "NASA CEA thermo.inp: Beta,cubic. Gurvich,1982 pt1 p98 pt2 p99. [tpis82]",
     .gas = false, .atoms = {{22, 1.0}, {8, 1.0}},
     .ranges = tio_b, .range_count = 1},
    {.name = "SrO",
     .aliases = {"SrO(cr)", "SrO(s)"},
     .source = "NASA CEA thermo.inp: Cubic. Gurvich,1996a pt1 p494 pt2 p383. [tpis96]",
     .gas = false, .atoms = {{38, 1.0}, {8, 1.0}},
     .ranges = sro_cr, .range_count = 3},
    {.name = "WO2",
     .aliases = {"WO2(cr)", "WO2(s)"},
     .source = "NASA CEA thermo.inp: Gurvich,1982 pt1 p46 pt2 p49. [tpis82]",
     .gas = false, .atoms = {{74, 1.0}, {8, 2.0}},
     .ranges = wo2_cr, .range_count = 2},
    {.name = "WO3",
     .aliases = {"WO3(s)", "WO3(cr)"},
     .source = "NASA CEA thermo.inp: Gurvich,1982 pt1 p49 pt2 p51. [tpis82]",
     .gas = false, .atoms = {{74, 1.0}, {8, 3.0}},
     .ranges = wo3, .range_count = 2},
    {.name = "WO3(III,II)",
     .source = "NASA CEA thermo.inp: Gurvich,1982 pt1 p49 pt2 p51. [tpis82]",
     .gas = false, .atoms = {{74, 1.0}, {8, 3.0}},
     .ranges = wo3, .range_count = 1},
    {.name = "WO3(I)",
     .source = "NASA CEA thermo.inp: Gurvich,1982 pt1 p49 pt2 p51. [tpis82]",
     .gas = false, .atoms = {{74, 1.0}, {8, 3.0}},
     .ranges = wo3 + 1, .range_count = 1},
    {.name = "MoO2",
     .aliases = {"MoO2(cr)", "MoO2(s)"},
     .source = "NASA CEA thermo.inp: Monoclinic. Gurvich,1982 pt1 p27 pt2 p32. [tpis82]",
     .gas = false, .atoms = {{42, 1.0}, {8, 2.0}},
     .ranges = moo2_cr, .range_count = 2},
    {.name = "MoO3",
     .aliases = {"MoO3(cr)", "MoO3(s)"},
     .source = "NASA CEA thermo.inp: Rhombic. Gurvich,1982 pt1 p30 pt2 p34. [tpis82]",
     .gas = false, .atoms = {{42, 1.0}, {8, 3.0}},
     .ranges = moo3_cr, .range_count = 2},
    {.name = "Cr2O3",
     .aliases = {"Cr2O3(I)", "Cr2O3(s)", "Cr2O3(cr)"},
     .source = "NASA CEA thermo.inp: Hexagonal. Gurvich,1982 pt1 p18 pt2 p22. [tpis82]",
     .gas = false, .atoms = {{24, 2.0}, {8, 3.0}},
     .ranges = cr2o3_i, .range_count = 3},
    {.name = "V2O3",
     .aliases = {"V2O3(cr)", "V2O3(s)"},
     .source = "NASA CEA thermo.inp: Hexagonal. Gurvich,1982 pt1 p65 pt2 p67. [tpis82]",
     .gas = false, .atoms = {{23, 2.0}, {8, 3.0}},
     .ranges = v2o3_cr, .range_count = 2},
    {.name = "V2O5",
     .aliases = {"V2O5(cr)", "V2O5(s)"},
     .source = "NASA CEA thermo.inp: Rhombic. Gurvich,1982 pt1 p68 pt2 p69. [tpis82]",
     .gas = false, .atoms = {{23, 2.0}, {8, 5.0}},
     .ranges = v2o5_cr, .range_count = 2},
    {.name = "MgO",
     .aliases = {"MgO(cr)", "MgO(periclase)", "MgO(s)"},
     .source = "NASA CEA thermo.inp: Cubic Gurvich,1996a pt1 p397 pt2 p317. [tpis96]",
     .gas = false, .atoms = {{12, 1.0}, {8, 1.0}},
     .ranges = mgo_cr, .range_count = 2},
    {.name = "CaO",
     .aliases = {"CaO(cr)", "CaO(s)"},
     .source = "NASA CEA thermo.inp: Cubic Gurvich,1996a pt1 p442 pt2 p348. [tpis96]",
     .gas = false, .atoms = {{20, 1.0}, {8, 1.0}},
     .ranges = cao_cr, .range_count = 2},
    {.name = "Al2O3",
     .aliases = {"AL2O3(a)", "Al2O3(alpha)", "Al2O3(corundum)", "Al2O3(s)", "Al2O3(cr)"},
     .source = "NASA CEA thermo.inp: Alpha,corundum. Gurvich,1996a pt1 p134 pt2 p103. [tpis96]",
     .gas = false, .atoms = {{13, 2.0}, {8, 3.0}},
     .ranges = al2o3_a, .range_count = 3},
    {.name = "NiO",
     .aliases = {"NiO(bunsenite)", "NiO(s)", "NiO(cr)"},
     .source = "SUPCRT07 mineral Bunsenite, Maier-Kelley heat capacity.",
     .gas = false, .atoms = {{28, 1.0}, {8, 1.0}},
     .ranges = bunsenite, .range_count = 3},
    {.name = "FeO",
     .aliases = {"FeO(s)", "FeO(cr)"},
     .source = "SUPCRT07 mineral Ferrous-Oxide, Maier-Kelley heat capacity. A stoichiometric FeO"
               " is hypothetical: for wustite use Fe0.947O.",
     .gas = false, .atoms = {{26, 1.0}, {8, 1.0}},
     .ranges = ferrous_oxide, .range_count = 1},
    {.name = "RuO2",
     .aliases = {"RuO2(rutile)", "RuO2(s)", "RuO2(cr)"},
     .source = "SUPCRT07 mineral RuO2, Maier-Kelley heat capacity.",
     .gas = false, .atoms = {{44, 1.0}, {8, 2.0}},
     .ranges = ruo2, .range_count = 1},
    {.name = "MnO",
     .aliases = {"MnO(manganosite)", "MnO(s)", "MnO(cr)"},
     .source = "SUPCRT07 mineral Manganosite, Maier-Kelley heat capacity.",
     .gas = false, .atoms = {{25, 1.0}, {8, 1.0}},
     .ranges = manganosite, .range_count = 1},
    {.name = "ZnO",
     .aliases = {"ZnO(zincite)", "ZnO(s)", "ZnO(cr)"},
     .source = "SUPCRT07 mineral Zincite, Maier-Kelley heat capacity.",
     .gas = false, .atoms = {{30, 1.0}, {8, 1.0}},
     .ranges = zincite, .range_count = 1},
    {.name = "SiO2",
     .aliases = {"SiO2(quartz)", "SiO2(s)", "SiO2(cr)"},
     .source = "SUPCRT07 mineral Quartz, Maier-Kelley heat capacity.",
     .gas = false, .atoms = {{14, 1.0}, {8, 2.0}},
     .ranges = quartz, .range_count = 2},
    {.name = "MgAl2O4",
     .aliases = {"MgAl2O4(spinel)", "MgAl2O4(s)", "MgAl2O4(cr)"},
     .source = "SUPCRT07 mineral Spinel, Maier-Kelley heat capacity.",
     .gas = false, .atoms = {{12, 1.0}, {13, 2.0}, {8, 4.0}},
     .ranges = spinel, .range_count = 1},
};

const size_t sw_species_oxides_count = sizeof sw_species_oxides / sizeof sw_species_oxides[0];
/* clang-format on */
