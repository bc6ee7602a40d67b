/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solid and liquid elements: NASA CEA, SUPCRT07. Written by tools/make-species-table. */
#include "thermo/species_table.h"

/* clang-format off */
/* {lowest K, highest K, {a1..a7}, b1, b2} */

static const struct sw_species_range fe[] = {
    /* Fe(a) [j 3/78] Alpha. Ref-Elm.Below Lambda trans. Chase,1998 p1221. */
    {298.15, 500.0, {13504.90931, -780.380625, 9.44017147, -0.02521767704, 5.35017051e-05,
     -5.09909473e-08, 1.993862728e-11}, 2416.521408, -47.4900285},
    {500.0, 800.0, {3543032.74, -24471.50531, 65.6102093, -0.0704392968, 3.18105287e-05, 0.0, 0.0},
     134505.9978, -413.378869},
    {800.0, 1042.0, {2661026334.0, -7846827.97, -728.921228, 26.13888297, -0.0349474214,
     1.763752622e-05, -2.907723254e-09}, 52348684.7, -15290.522},
    /* Fe(a) [j 3/78] Alpha. Ref-Elm.Above Lambda trans. Chase,1998 pp1221-5. */
    {1042.0, 1184.0, {248192305.2, 0.0, -559.434909, 0.327170494, 0.0, 0.0, 0.0}, 646750.343,
     3669.16872},
    /* Fe(c) [j 3/78] Gamma. Ref-Elm. Chase,1998 pp1221-5. */
    {1184.0, 1665.0, {1442428576.0, -5335491.34, 8052.828, -6.30308963, 0.002677273007,
     -5.75004553e-07, 4.71861196e-11}, 32642642.5, -55088.5217},
    /* Fe(d) [j 3/78] Delta. Ref-Elm. Chase,1998 pp1221-5. */
    {1665.0, 1809.0, {-345019003.0, 0.0, 705.750152, -0.544297789, 0.0001190040139, 0.0, 0.0},
     -804572.575, -4545.18032},
};

static const struct sw_species_range fe_l[] = {
    /* Fe(L) [j 3/78] Liquid. Ref-Elm. Chase,1998 pp1221-5. */
    {1809.0, 6000.0, {0.0, 0.0, 5.535383324, 0.0, 0.0, 0.0, 0.0}, -1270.608703, -29.48115042},
};

static const struct sw_species_range ni_cr[] = {
    /* Ni(cr) [j12/76] Crystal Ref-Elm. <lambda trans 631K. Chase,1998 pp1697-700. */
    {298.15, 400.0, {-768913.109, 14339.56218, -104.2751331, 0.392626132, -0.000698690689,
     4.90607891e-07, 0.0}, -65437.8997, 551.139117},
    {400.0, 631.0, {-334588734.0, 3424527.97, -13944.25564, 28.25654843, -0.02847789131,
     1.142789828e-05, 0.0}, -17502507.68, 81798.614},
    /* Ni(cr) [j12/76] Crystal Ref-Elm. >lambda trans 631K. Chase,1998 pp1697-700. */
    {631.0, 1200.0, {1036354737.0, -6813278.55, 18543.67615, -26.73006535, 0.02153531609,
     -9.19246414e-06, 1.624332987e-09}, 37719609.5, -115761.7522},
    {1200.0, 1728.0, {2518440662.0, -9895465.23, 16097.3753, -13.86478566, 0.00667132091,
     -1.69898816e-06, 1.788537986e-10}, 59876587.4, -108774.3318},
};

static const struct sw_species_range ni_l[] = {
    /* Ni(L) [j12/76] Liquid. Ref-Elm. Chase,1998 pp1697-700. */
    {1728.0, 6000.0, {0.0, 0.0, 4.679890938, 0.0, 0.0, 0.0, 0.0}, -321.625855, -23.35474714},
};

static const struct sw_species_range co[] = {
    /* Co(a) [j 9/67] Alpha. Ref-Elm. Chase,1998 pp943-6. */
    {298.15, 500.0, {-865183.451, 14621.35206, -99.7108911, 0.37943386, -0.000780010635,
     8.55358396e-07, -3.89015167e-10}, -67959.6346, 530.655021},
    {500.0, 700.1, {-987756.074, 6820.6022, -15.21637485, 0.0223454168, -9.0192466e-06, 0.0, 0.0},
     -38528.3904, 101.4399403},
    /* Co(b) [j 9/67] Beta.Ref-Elm.Below Lambda trans. Chase,1998 pp943-6. */
    {700.1, 800.0, {0.0, 0.0, 2.125113886, 0.002218475342, 0.0, 0.0, 0.0}, -619.770942,
     -8.94454699},
    {800.0, 1394.0, {-1576349295.0, 9154318.17, -21979.67504, 27.93356668, -0.0198031038,
     7.42512474e-06, -1.14943303e-09}, -51821984.1, 139984.6247},
    /* Co(b) [j 9/67] Beta. Ref-Elm.Above Lambda trans. Chase,1998 pp943-6. */
    {1394.0, 1400.0, {0.0, 0.0, 307.0872109, -0.2155487195, 0.0, 0.0, 0.0}, -213929.295,
     -1913.104819},
    {1400.0, 1768.0, {1648338062.0, -4036220.19, 3722.6857, -1.526326566, 0.0002354674115, 0.0,
     0.0}, 26490102.62, -27514.66647},
};

static const struct sw_species_range cu_cr[] = {
    /* Cu(cr) [coda89] Cubic. Ref-Elm.Cox,1989 p226. */
    {298.15, 1358.0, {-24557.75109, 164.8069205, 2.080947143, 0.002639078305, -2.714101362e-06,
     1.402864982e-09, -9.72432164e-14}, -1737.850969, -8.1331668},
};

static const struct sw_species_range zr[] = {
    /* Zr(a) [j 6/79] Alpha. Ref-Elm. Chase,1998 pp1943-7. */
    {298.15, 1135.0, {-11536.9922, 26.26203401, 2.932054698, 0.000574335857, -7.65171041e-07,
     1.597202829e-09, -6.09712962e-13}, -1084.15326, -12.1577696},
    /* Zr(b) [j 6/79] Beta. Ref-Elm. Chase,1998 pp1943-7. */
    {1135.0, 2125.0, {-1065463.955, 4273.00001, -3.17385648, 0.00501884256, -2.363431747e-06,
     7.70758239e-10, -8.15615657e-14}, -26412.47444, 30.72041827},
};

static const struct sw_species_range ti[] = {
    /* Ti(a) [coda89] Alpha. Ref-Elm. Cox,1989 p230. */
    {298.15, 900.0, {35986.0135, -827.230596, 7.68909777, -0.01143968449, 1.392105464e-05,
     -4.69105716e-09, -9.8521304e-13}, 2936.621421, -39.8513801},
    {900.0, 1156.0, {-2876235.91, 0.0, 45.7315342, -0.076923816, 3.79991949e-05, 0.0, 0.0},
     -20380.23972, -251.6270281},
    /* Ti(b) [coda89] Beta. Ref-Elm. Cox,1989 p230. */
    {1156.0, 1944.0, {-1698740.574, 6576.60124, -8.55618295, 0.00978958583, -3.99241876e-06,
     1.123642773e-09, -1.201048055e-13}, -39299.1829, 65.0659019},
};

static const struct sw_species_range sr[] = {
    /* Sr(a) [srd 93] Alpha. Ref-Elm. Alcock,1993. */
    {100.0, 298.15, {-4150.24567, 155.9823384, -0.2623173257, 0.02945369354, -0.0001212940361,
     2.401045642e-07, -1.708772572e-10}, -1455.791066, 3.43510606},
    {298.15, 820.0, {129441.2876, -1646.17918, 11.11114164, -0.01973737192, 2.910871519e-05,
     -2.163423606e-08, 6.50816086e-12}, 7160.39804, -56.716022},
    /* Sr(b) [srd 93] Beta. Ref-Elm. Alcock,1993. */
    {820.0, 1041.0, {0.0, 0.0, 3.190326309, 0.0004837326553, 0.0, 0.0, 0.0}, -856.099128,
     -11.57238431},
};

static const struct sw_species_range w_cr[] = {
    /* W(cr) [j 6/66] Crystal. Ref-Elm. Chase,1998 pp1925-8. */
    {298.15, 1000.0, {-6824.5414, -225.424909, 4.97660461, -0.00692643634, 1.202272986e-05,
     -9.34413351e-09, 2.818887123e-12}, -3.51067927, -23.61334984},
    {1000.0, 2600.0, {553013.484, -2041.485344, 5.87083947, -0.001920714198, 1.067652983e-06,
     -2.355109022e-10, 2.16067931e-14}, 11638.12518, -33.191718},
    {2600.0, 3200.0, {2474736879.0, 4488921.62, -12359.783, 9.67856566, -0.00355636461,
     6.38042061e-07, -4.52112345e-11}, -20295009.09, 82743.6969},
    {3200.0, 3680.0, {-17555503990.0, 11790591.56, 1177.715365, -2.675166841, 0.000725217248,
     -6.12800758e-08, 0.0}, -97022491.9, -1148.926234},
};

static const struct sw_species_range mo_cr[] = {
    /* Mo(cr) [j 3/78] Crystal. Ref-Elm. Chase,1998 pp1577-80. */
    {298.15, 1000.0, {-49616.8932, 428.094119, 0.767198469, 0.00573151825, -6.38164118e-06,
     3.70819242e-09, -7.91734708e-13}, -3039.584622, -1.23046769},
    {1000.0, 2200.0, {-3617592.72, 14746.39904, -21.36672658, 0.02118577261, -9.78974169e-06,
     2.496130112e-09, -2.422303123e-13}, -89778.9608, 150.7160275},
    {2200.0, 2896.0, {4759909590.0, -5321527.32, -874.740312, 3.79478948, -0.002131568725,
     4.9740759e-07, -4.32542509e-11}, 40965696.5, 113.0483988},
};

static const struct sw_species_range cr_cr[] = {
    /* Cr(cr) [j 6/73] Below lambda trans. Ref-Elm. Chase,1998 pp959-62. */
    {298.15, 311.5, {805108.405, -13398.42819, 82.7350729, -0.2075857041, 0.0002008764131, 0.0,
     0.0}, 61823.5795, -455.997166},
    /* Cr(cr) [j 6/73] Above lambda trans. Ref-Elm. Chase,1998 pp959-62. */
    {311.5, 1000.0, {-253442.5357, 3119.404093, -13.5843977, 0.0432357022, -5.62410282e-05,
     3.65291071e-08, -8.97329837e-12}, -16065.59079, 78.5804371},
    {1000.0, 2130.0, {-30050064.18, 126441.0306, -213.9399408, 0.1937684814, -9.42320578e-05,
     2.445139082e-08, -2.606793685e-12}, -758238.871, 1441.907828},
};

static const struct sw_species_range v_cr[] = {
    /* V(cr) [j 6/73] Crystal. Ref-Elm. Chase,1998 p1917. */
    {298.15, 600.0, {284512.5913, -5094.93286, 37.1501872, -0.1176030941, 0.0002255823526,
     -2.260642686e-07, 9.2895968e-11}, 22543.78204, -196.8241679},
    {600.0, 1400.0, {1372056.465, -7847.55362, 20.95142247, -0.02055640932, 1.32326653e-05,
     -4.0421829e-09, 5.0875211e-13}, 43748.0, -129.2763446},
    {1400.0, 2190.0, {528106768.0, -1907420.191, 2862.656637, -2.277492896, 0.00101707888,
     -2.412149691e-07, 2.377114537e-11}, 11698907.83, -19567.16732},
};

static const struct sw_species_range mn_a[] = {
    /* Mn(a) [j 9/67] Alpha. Ref-Elm. Chase,1998 pp1571-4. */
    {298.15, 980.0, {-19847.24642, 180.8814126, 1.038289801, 0.00881333201, -1.298045968e-05,
     1.118858744e-08, -3.6736413e-12}, -1704.143022, -3.71316098},
};

static const struct sw_species_range zn_cr[] = {
    /* Zn(cr) [coda89] Crystal. Ref-Elm. Cox,1989 p221. */
    {298.15, 692.73, {370208.038, -5915.4755, 39.5950036, -0.1143735885, 0.0001934363797,
     -1.675385126e-07, 6.07818994e-11}, 26817.37238, -211.4848186},
};

static const struct sw_species_range mg_cr[] = {
    /* Mg(cr) [srd 93] Hexagonal. Ref-Elm. Alcock,1993. */
    {100.0, 298.15, {-5412.225134, 0.0, 1.458173723, 0.01330204666, -4.098858502e-05,
     4.754339101e-08, 0.0}, -775.947201, -6.989702348},
    {298.15, 923.0, {-28600.60304, 0.0, 3.398877384, -0.0007243962663, 1.405254188e-06, 0.0, 0.0},
     -1089.519906, -15.45973664},
};

static const struct sw_species_range al_cr[] = {
    /* AL(cr) [coda89] Cubic. Ref-Elm. Cox,1989 p217. */
    {298.15, 933.61, {-62518.1143, 634.393435, -0.713188382, 0.0108872528, -1.45874182e-05,
     9.96116088e-09, -1.77492801e-12}, -3985.43932, 6.5611002},
};

static const struct sw_species_range si_cr[] = {
    /* Si(cr) [tpis91] Cubic. Ref-Elm. Gurvich,1991 pt1 p236 pt2 p220. */
    {298.15, 1690.0, {-52325.5974, 0.0, 2.850169415, 0.000397516697, 0.0, 0.0, 0.0}, -1042.947234,
     -14.38964187},
};

static const struct sw_species_range c_gr[] = {
    /* C(gr) [n 4/83] Graphite. Ref-Elm. TRC(4/83) vc,uc,tc1000-1002. */
    {298.15, 600.0, {113285.676, -1980.421677, 13.65384188, -0.0463609644, 0.0001021333011,
     -1.082893179e-07, 4.47225886e-11}, 8943.85976, -72.9582474},
    {600.0, 2000.0, {335600.441, -2596.528368, 6.94884191, -0.00348483609, 1.844192445e-06,
     -5.05520596e-10, 5.75063901e-14}, 13984.12456, -44.7718304},
    {2000.0, 6000.0, {202310.5106, -1138.235908, 3.7002795, -0.0001833807727, 6.34368325e-08,
     -7.06858948e-12, 3.33543598e-16}, 5848.13485, -23.50925275},
};

static const struct sw_species_range ruthenium[] = {
    /* Ruthenium: Hf 0.0 J/mol, S 28.53488 J/(mol K) at 298.15 K; Cp = a + bT + c/T^2 in J/(mol K):
       a 20.92, b 0.007096064, c 93303.2 */
    {298.15, 1400.0, {11221.73164744525, 0.0, 2.5160833290235987, 0.0008534554652048046, 0.0, 0.0,
     0.0}, -750.4656608039721, -11.095029176456137},
};

const struct sw_substance sw_species_elements[] = {
    {.name = "Fe",
     .aliases = {"Fe(s)", "Fe(cr)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm.Below Lambda trans. Chase,1998 p1221. [j "
               "3/78]; Alpha. Ref-Elm.Above Lambda trans. Chase,1998 pp1221-5. [j 3/78]; Gamma. "
               "Ref-Elm. Chase,1998 pp1221-5. [j 3/78]; Delta. Ref-Elm. Chase,1998 pp1221-5. [j "
               "3/78]",
     .gas = false, .atoms = {{26, 1.0}},
     .ranges = fe, .range_count = 6},
    {.name = "Fe(bcc)",
     .aliases = {"Fe(a)", "Fe(alpha)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm.Below Lambda trans. Chase,1998 p1221. [j "
               "3/78]; Alpha. Ref-Elm.Above Lambda trans. Chase,1998 pp1221-5. [j 3/78]",
     .gas = false, .atoms = {{26, 1.0}},
     .ranges = fe, .range_count = 4},
    {.name = "Fe(fcc)",
     .aliases = {"Fe(c)", "Fe(gamma)"},
     .source = "NASA CEA thermo.inp: Gamma. Ref-Elm. Chase,1998 pp1221-5. [j 3/78]",
     .gas = false, .atoms = {{26, 1.0}},
     .ranges = fe + 4, .range_count = 1},
    {.name = "Fe(delta)",
     .aliases = {"Fe(d)"},
     .source = "NASA CEA thermo.inp: Delta. Ref-Elm. Chase,1998 pp1221-5. [j 3/78]",
     .gas = false, .atoms = {{26, 1.0}},
     .ranges = fe + 5, .range_count = 1},
    {.name = "Fe(l)",
     .aliases = {"Fe(L)"},
     .source = "NASA CEA thermo.inp: Liquid. Ref-Elm. Chase,1998 pp1221-5. [j 3/78]",
     .gas = false, .atoms = {{26, 1.0}},
     .ranges = fe_l, .range_count = 1},
    {.name = "Ni",
     .aliases = {"Ni(cr)", "Ni(fcc)", "Ni(s)"},
     .source = "NASA CEA thermo.inp: Crystal Ref-Elm. <lambda trans 631K. Chase,1998 pp1697-700."
               " [j12/76]; Crystal Ref-Elm. >lambda trans 631K. Chase,1998 pp1697-700. [j12/76]",
     .gas = false, .atoms = {{28, 1.0}},
     .ranges = ni_cr, .range_count = 4},
    {.name = "Ni(l)",
     .aliases = {"Ni(L)"},
     .source = "NASA CEA thermo.inp: Liquid. Ref-Elm. Chase,1998 pp1697-700. [j12/76]",
     .gas = false, .atoms = {{28, 1.0}},
     .ranges = ni_l, .range_count = 1},
    {.name = "Co",
     .aliases = {"Co(s)", "Co(cr)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Chase,1998 pp943-6. [j 9/67]; Beta.Ref-"
               "Elm.Below Lambda trans. Chase,1998 pp943-6. [j 9/67]; Beta. Ref-Elm.Above Lambda"
               " trans. Chase,1998 pp943-6. [j 9/67]",
     .gas = false, .atoms = {{27, 1.0}},
     .ranges = co, .range_count = 6},
    {.name = "Co(hcp)",
     .aliases = {"Co(a)", "Co(alpha)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Chase,1998 pp943-6. [j 9/67]",
     .gas = false, .atoms = {{27, 1.0}},
     .ranges = co, .range_count = 2},
    {.name = "Co(fcc)",
     .aliases = {"Co(b)", "Co(beta)"},
     .source = "NASA CEA thermo.inp: Beta.Ref-Elm.Below Lambda trans. Chase,1998 pp943-6. [j "
               "9/67]; Beta. Ref-Elm.Above Lambda trans. Chase,1998 pp943-6. [j 9/67]",
     .gas = false, .atoms = {{27, 1.0}},
     .ranges = co + 2, .range_count = 4},
    {.name = "Cu",
     .aliases = {"Cu(cr)", "Cu(fcc)", "Cu(s)"},
     .source = "NASA CEA thermo.inp: Cubic. Ref-Elm.Cox,1989 p226. [coda89]",
     .gas = false, .atoms = {{29, 1.0}},
     .ranges = cu_cr, .range_count = 1},
    {.name = "Zr",
     .aliases = {"Zr(s)", "Zr(cr)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Chase,1998 pp1943-7. [j 6/79]; Beta. Ref-"
               "Elm. Chase,1998 pp1943-7. [j 6/79]",
     .gas = false, .atoms = {{40, 1.0}},
     .ranges = zr, .range_count = 2},
    {.name = "Zr(hcp)",
     .aliases = {"Zr(a)", "Zr(alpha)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Chase,1998 pp1943-7. [j 6/79]",
     .gas = false, .atoms = {{40, 1.0}},
     .ranges = zr, .range_count = 1},
    {.name = "Zr(bcc)",
     .aliases = {"Zr(b)", "Zr(beta)"},
     .source = "NASA CEA thermo.inp: Beta. Ref-Elm. Chase,1998 pp1943-7. [j 6/79]",
     .gas = false, .atoms = {{40, 1.0}},
     .ranges = zr + 1, .range_count = 1},
    {.name = "Ti",
     .aliases = {"Ti(s)", "Ti(cr)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Cox,1989 p230. [coda89]; Beta. Ref-Elm. "
               "Cox,1989 p230. [coda89]",
     .gas = false, .atoms = {{22, 1.0}},
     .ranges = ti, .range_count = 3},
    {.name = "Ti(hcp)",
     .aliases = {"Ti(a)", "Ti(alpha)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Cox,1989 p230. [coda89]",
     .gas = false, .atoms = {{22, 1.0}},
     .ranges = ti, .range_count = 2},
    {.name = "Ti(bcc)",
     .aliases = {"Ti(b)", "Ti(beta)"},
     .source = "NASA CEA thermo.inp: Beta. Ref-Elm. Cox,1989 p230. [coda89]",
     .gas = false, .atoms = {{22, 1.0}},
     .ranges = ti + 2, .range_count = 1},
    {.name = "Sr",
     .aliases = {"Sr(s)", "Sr(cr)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Alcock,1993. [srd 93]; Beta. Ref-Elm. "
               "Alcock,1993. [srd 93]",
     .gas = false, .atoms = {{38, 1.0}},
     .ranges = sr, .range_count = 3},
    {.name = "Sr(fcc)",
     .aliases = {"Sr(a)", "Sr(alpha)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Alcock,1993. [srd 93]",
     .gas = false, .atoms = {{38, 1.0}},
     .ranges = sr, .range_count = 2},
    {.name = "Sr(bcc)",
     .aliases = {"Sr(b)", "Sr(beta)"},
     .source = "NASA CEA thermo.inp: Beta. Ref-Elm. Alcock,1993. [srd 93]",
     .gas = false, .atoms = {{38, 1.0}},
     .ranges = sr + 2, .range_count = 1},
    {.name = "W",
     .aliases = {"W(cr)", "W(bcc)", "W(s)"},
     .source = "NASA CEA thermo.inp: Crystal. Ref-Elm. Chase,1998 pp1925-8. [j 6/66]",
     .gas = false, .atoms = {{74, 1.0}},
     .ranges = w_cr, .range_count = 4},
    {.name = "Mo",
     .aliases = {"Mo(cr)", "Mo(bcc)", "Mo(s)"},
     .source = "NASA CEA thermo.inp: Crystal. Ref-Elm. Chase,1998 pp1577-80. [j 3/78]",
     .gas = false, .atoms = {{42, 1.0}},
     .ranges = mo_cr, .range_count = 3},
    {.name = "Cr",
     .aliases = {"Cr(cr)", "Cr(bcc)", "Cr(s)"},
     .source = "NASA CEA thermo.inp: Below lambda trans. Ref-Elm. Chase,1998 pp959-62. [j 6/73];"
               " Above lambda trans. Ref-Elm. Chase,1998 pp959-62. [j 6/73]",
     .gas = false, .atoms = {{24, 1.0}},
     .ranges = cr_cr, .range_count = 3},
    {.name = "V",
     .aliases = {"V(cr)", "V(bcc)", "V(s)"},
     .source = "NASA CEA thermo.inp: Crystal. Ref-Elm. Chase,1998 p1917. [j 6/73]",
     .gas = false, .atoms = {{23, 1.0}},
     .ranges = v_cr, .range_count = 3},
    {.name = "Mn",
     .aliases = {"Mn(a)", "Mn(alpha)", "Mn(s)", "Mn(cr)"},
     .source = "NASA CEA thermo.inp: Alpha. Ref-Elm. Chase,1998 pp1571-4. [j 9/67]",
     .gas = false, .atoms = {{25, 1.0}},
     .ranges = mn_a, .range_count = 1},
    {.name = "Zn",
     .aliases = {"Zn(cr)", "Zn(hcp)", "Zn(s)"},
     .source = "NASA CEA thermo.inp: Crystal. Ref-Elm. Cox,1989 p221. [coda89]",
     .gas = false, .atoms = {{30, 1.0}},
     .ranges = zn_cr, .range_count = 1},
    {.name = "Mg",
     .aliases = {"Mg(cr)", "Mg(hcp)", "Mg(s)"},
     .source = "NASA CEA thermo.inp: Hexagonal. Ref-Elm. Alcock,1993. [srd 93]",
     .gas = false, .atoms = {{12, 1.0}},
     .ranges = mg_cr, .range_count = 2},
    {.name = "Al",
     .aliases = {"AL(cr)", "Al(fcc)", "Al(s)", "Al(cr)"},
     .source = "NASA CEA thermo.inp: Cubic. Ref-Elm. Cox,1989 p217. [coda89]",
     .gas = false, .atoms = {{13, 1.0}},
     .ranges = al_cr, .range_count = 1},
    {.name = "Si",
     .aliases = {"Si(cr)", "Si(diamond)", "Si(s)"},
     .source = "NASA CEA thermo.inp: Cubic. Ref-Elm. Gurvich,1991 pt1 p236 pt2 p220. [tpis91]",
     .gas = false, .atoms = {{14, 1.0}},
     .ranges = si_cr, .range_count = 1},
    {.name = "C",
     .aliases = {"C(gr)", "C(graphite)", "C(s)", "C(cr)"},
     .source = "NASA CEA thermo.inp: Graphite. Ref-Elm. TRC(4/83) vc,uc,tc1000-1002. [n 4/83]",
     .gas = false, .atoms = {{6, 1.0}},
     .ranges = c_gr, .range_count = 3},
    {.name = "Ru",
     .aliases = {"Ru(hcp)", "Ru(s)", "Ru(cr)"},
     .source = "SUPCRT07 mineral Ruthenium, Maier-Kelley heat capacity.",
     .gas = false, .atoms = {{44, 1.0}},
     .ranges = ruthenium, .range_count = 1},
};

const size_t sw_species_elements_count = sizeof sw_species_elements / sizeof sw_species_elements[0];
/* clang-format on */
