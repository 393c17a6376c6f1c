/** Spanish first names with what people of them are called; see `nicknames.ts`. */
export const spanishNicknames = `
adelaida: adela lala
adolfo: fito adolfito
agustin: tin agus
agustina: agus tina
alberto: beto berto tito
alejandra: ale sandra jandra
alejandro: ale alex jandro
alfonso: fonso poncho alfon
alfredo: fredo fredy feyo
alicia: licha ali
amalia: lia
ana: anita
anamaria: anamari
andrea: andy
andres: andy andresito
angel: gelo angelito
angeles mariadelosangeles: angelines geles
angelica: angie
angustias: gus
anselmo: chemo
antonia: toni tona tonia toñi antoñita
antonio: toni toño antoñito
armando: mando
arturo: turo
asuncion: asun choni
aurelio: yeyo
aurora: rori
bartolome: bartolo tolo
beatriz: bea betty beti
begoña: bego
benita: beni
benito: beni
benjamin: benja mincho
bernardo: nardo berni
candelaria: candela
caridad: cari
carlos: carlitos charlie charly
carlota: lota
carmen mariadelcarmen: carmela carmina carmenchu maica menchu mamen
carolina: caro lina
catalina: cata lina
cayetana: tana
cayetano: tano
cecilia: ceci chila
cesar: checha
claudia: clau
concepcion mariadelaconcepcion: concha conchita conchi
consuelo: chelo
cristian: cris
cristina: cris tina
cristobal: cris tobal
daniel: dani
daniela: dani
david: davi
diego: dieguito
dolores mariadolores mariadelosdolores: lola loli lolita
domingo: mingo chomin
eduardo: edu lalo eddy
elena: nena lena
elisabeth: eli isa
isabel: isa chabela bel isabelita
encarnacion: encarna encarni
enrique: quique kike
ernesto: neto tito
esperanza: espe
esteban: teban
estefania: fani estefi
eugenia: genia
eusebio: sebio chebo
eva: evita
federico: fede fico quico
felipe: pipe feli lipe
felisa: feli
fermin: mincho
fernanda: fer nanda
fernando: fer nando fernan
florencia: flor
francisca: paca paquita fran quica curra francis
francisco: paco pancho curro fran quico kiko francis patxi cisco
franciscojavier: franciscoj fran javier
gabriel: gabi
gabriela: gabi
gerardo: lalo
gertrudis: tula
gilberto: beto
gonzalo: gonza chalo
graciela: chela
gregorio: goyo
guadalupe: lupe lupita
guillermina: mina
guillermo: guille memo willy
gustavo: gus tavo
heriberto: beto
hilario: lalo
hortensia: tencha
humberto: beto
ignacia: nacha
ignacio: nacho iñaki natxo
inmaculada: inma macu
inocencio: chencho
irene: nene
isidro: chidro
jacinto: chinto
jacobo: jaco
javier: javi xavi
jeronimo: jero
jesus: chus chuy suso jesusito
jesusa: chusa
joaquin: quin chimo ximo joaco
joaquina: quina
jorge: jorgito coque
jose: pepe pepito josete cheo
joseantonio: jose toño josean
josecarlos: josecar
joseignacio: nacho josei
joseluis: pepelu joselu joselito
josefa: pepa pepi pepita fina josefina chefa
josemanuel: josema chema
josemaria: chema josemari txema
josemiguel: josemi
joserafael: joserra
joseramon: joserra
josevicente: josevi
juan: juanito juancho
juanantonio: juanan
juancarlos: juanca
juanfrancisco: juanfran
juanignacio: juani
juanjose: juanjo
juanluis: juanlu
juanmanuel: juanma
juanmaria: juanma
juanmiguel: juanmi
juanpablo: juampa
juana: juani juanita
julia: juli
julian: juli
laura: lau laurita
leonor: nora leo
leopoldo: leo polo poldo
leticia: leti
lorenzo: loren lencho
lourdes mariadelourdes: lurdes lulu
lucia: luci
luciano: chano
luis: lucho luisito
luisfernando: luisfer
luismiguel: luismi
luisa: luisi
macarena: maca
magdalena: magda lena malena
manuel: manolo lolo manu manolito
manuela: manoli manola manu
marcelino: lino
margarita: marga rita margo
maria: mari mariquita maruja maruxa
mariaangeles: marian geles mariangeles
mariaantonia: mariantonia
mariacristina: maricris
mariadelmar: marimar
mariadelpilar mariapilar pilar: pili maripili
mariaelena: malena marilena
mariaeugenia: maru mariu
mariafernanda: mafer
mariaisabel: maribel
mariajesus: chus mariaje
mariajose: majo marijo mariaje
marialuisa: marilu marisa
mariaperpetua: perpe
mariarosa: marirosa
mariasoledad: marisol
mariateresa: maite marite mayte
mariavictoria: mavi mariavi
mario: mayo
mariano: nano
martin: tincho
mateo: teo
matilde: mati
mauricio: mau mauri
maximiliano: max maxi
mercedes: merche meche mercheditas
miguel: migue miguelito
miguelangel: miguelan
milagros: mila milagritos
monica: moni
montserrat: montse
natalia: nati nata
natividad: nati
nicanor: nica
nicolas: nico colas
octavio: tavo
oscar: oscarito
pablo: pablito
pascual: pascu
patricia: patri pati
patricio: pato
pedro: perico pedrito peyo
purificacion: puri
rafael: rafa rafi
rafaela: rafi
raimundo: mundo
ramon: moncho mon ramoncho
ramona: moni
remedios: reme
ricardo: ricky richi cardo
roberto: beto rober tito
rocio: roci
rodolfo: rodo fito rolo
rodrigo: rodri
rogelio: roge
rosa: rosita rosi
rosalia: lia rosi
rosario mariadelrosario: charo chayo
rosendo: chendo
ruben: rubi
salvador: salva chava
santiago: santi chago yago tiago
santos: tito
sara: sarita
sebastian: sebas bastian
sergio: sergi checo
silvia: silvi
sofia: sofi
soledad: sole chole
susana: susi
teodoro: teo
teresa: tere teresita
timoteo: teo
tomas: tomasito tommy
trinidad: trini
valentin: vale
valentina: vale
vanesa: vane
veronica: vero
vicenta: vicen
vicente: chente vicen tico
victor: vito
victoria: vicky viqui toya
victoriano: vito
virginia: vir virgi
wenceslao: wences
yolanda: yoli yola
`;
