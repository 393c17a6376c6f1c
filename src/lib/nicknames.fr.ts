/** French first names with what people of them are called; see `nicknames.ts`. */
export const frenchNicknames = `
adelaide: ade heidi
adrien: dridri
agathe: gatha
albert: bebert
alexandra: alex sandra
alexandre: alex sacha
alphonse: fonfon
anastasia: anna nastia
andre: dede
angelique: angie
annemarie: annie anne
antoine: toine tonio toinou
antoinette: toinette nanette
aurelie: lili
baptiste jeanbaptiste: bapt jb titou
barthelemy: bart
bastien: bast
beatrice: bea
benedicte: bene
benjamin: ben benji
benoit: ben beno
bernadette: dedette
bernard: nanard
bertrand: bert
brigitte: bibi gigi
camille: cam
caroline: caro line
catherine: cathy cath kate katia
celine: lili
charlotte: lolotte cha
christian: chris kiki
christiane: chris
christine: chris titine kristel
christophe: chris tophe
claudine: clo
clementine: clem
clement: clem
constance: coco
corinne: coco
daniel: dan dany
danielle daniele: dany
delphine: delf phiphine
dominique: dom domi
edouard: ed doudou
eleonore: leo nora
elisabeth: babeth zabeth elise lise lisbeth babette elsa
emmanuel: manu
emmanuelle: manu manue
eric: rico
ernest: nenesse
etienne: titi
eugenie: nini
fabien: fab
fabrice: fab
fernand: nanand
florence: flo
florian: flo
francine: fanfan
francis: fran cisco
francois: franc fanfan
francoise: fanchon soso
francoisxavier: fx
frederic: fred fredo
frederique: fred
gabriel: gaby gab
gabrielle: gaby gab
genevieve: ginette gene
georges: jojo
georgette: jojo
gerard: gege
geraldine: gege
germaine: mimine
gilbert: gil
gregoire: greg
gregory: greg
guillaume: guigui guillou will
guy: guitou
gwenaelle: gwen
gustave: gus tatave
helene: lena leni
henri: riri
henriette: yette riri
hippolyte: hippo polo
hubert: hub
isabelle: isa zabou babelle
jacqueline: jacotte line jackie
jacques: jacquot jacky jack
jean: jeannot
jeanclaude: jc jean
jeanfrancois: jf jeff
jeanjacques: jj
jeanlouis: jl janlou
jeanluc: jl
jeanmarc: jm
jeanmarie: jm
jeanmichel: jm
jeanne: jeannette jeanneton
jeanpaul: jp
jeanphilippe: jp
jeanpierre: jp jeanpi
jeremie: jerem
jerome: jej gege
joelle: jojo
joseph: jo jojo
josephine: jo josette fifine
josiane: josy
josette: josy
julie: juju
julien: ju juju
juliette: juju
laetitia: titia leti
laurence: lolo lau
laurent: lolo lau
leonie: leo nini
louis: loulou petitlouis
louise: loulou louison
lucien: lulu
lucienne: lulu
ludovic: ludo
madeleine: mado madelon magda
magalie magali: mag
marcel: cecel
marguerite: margot margaux guite gogo maggy
marianne: manne
marie: mimi marion manon mariette
mariechristine: mc
marieclaude: mc
mariefrance: mf
marielouise: malou marilou
mariejose mariejosee: majo marijo
marietherese: maite
martine: titine
mathieu matthieu: mat mathou
mathilde: mat tilde
maurice: momo
maxime: max
maximilien: max maxime
melanie: mel mela
michel: mimi mich michou
micheline: mimi miche
mireille: mimi
mohamed mohammed: momo moh
monique: momo nique
nathalie: nat nath natou
nathanael: nathan nat
nicolas: nico
nicole: nico
olivier: oliv olive
pascal: pascalou
pascale: pascalou
patrice: pat
patricia: pat paty
patrick: pat
paul: paulo popaul
paulette: paula
philippe: phil fifi
pierre: pierrot peio
pierrealexandre: pa
pierreyves: py
raphael: raph rafa
raphaelle: raph
raymond: ray momo
remi remy: mimi
rene: nene
robert: bob bebert
roger: roro
romain: rom
sandrine: sandy sandra
sebastien: seb bastien
sidonie: sido
simone: momone
solange: soso
sophie: so soso
stanislas: stan
stephane: steph
stephanie: steph fanny
suzanne: suzy suzon suzette zaza
sylvain: syl
sylvie: syl vivi
theodore: theo
theophile: theo
therese: tess maite resie
thierry: titi
thomas: tom toto
tristan: tris
valentin: val
valentine: val
valerie: val
veronique: vero
victor: vic totor
victoire: vic
vincent: vince vinz
virginie: virg nini
viviane: vivi
xavier: xav
yvonne: vonnette vovonne
yolande: yoyo
zacharie: zac
`;
