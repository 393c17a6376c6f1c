/** English first names with what people of them are called; see `nicknames.ts`. */
export const englishNicknames = `
abigail: abbie abby gail
abraham: abe bram
adelaide adeline: addie ada
agnes: aggie nessie
albert: al bert bertie
alexander: alex al alec sandy xander lex
alexandra: alex allie sandra sandy lexi sasha
alfred: al alf alfie fred
alice: allie
alicia: allie
amanda: mandy
andrew: andy drew
angela: angie
ann anne anna: annie nan nancy
anthony antony: tony ant
archibald: archie
arthur: art artie
barbara: barb babs barbie
barnaby barnabas: barney
bartholomew: bart
beatrice beatrix: bea trixie
benjamin: ben benny benji
bernard: bernie
bradley: brad
calvin: cal
cameron: cam
caroline carolyn: carrie caro lina
cassandra: cass cassie sandra
catherine katherine kathryn katharine: cathy kathy kate katie kit kitty kat kay cate
cecilia: cissy celia cece
charles: charlie chuck chas chip
charlotte: lottie charlie lotte
christina christine kristina kristine: chris chrissie tina kris kristy christie
christopher kristopher: chris kit topher kris
clarence: clay
clifford: cliff
clinton: clint
constance: connie
cornelius: neil connie
cynthia: cindy
daniel: dan danny
david: dave davy
deborah debra: deb debbie
dennis denis: denny
diana diane: di
dominic: dom nick
donald: don donnie
dorothy dorothea: dot dottie dolly thea
douglas: doug
edmund: ed ned ted eddie
edward: ed eddie ned ted teddy
edwin: ed eddie win
eleanor elinor: ellie nell nora nellie
elijah: eli
elizabeth elisabeth: liz lizzie beth betty betsy eliza bess libby lisa elsie
emanuel emmanuel: manny
emily: em emmy
ernest: ernie
eugene: gene
evelyn: evie eve
ezekiel: zeke
florence: flo florrie flossie
frances: fran fanny francie frankie
francis: frank frankie fran
franklin: frank
frederick frederic: fred freddie freddy fritz
gabriel: gabe
gabrielle gabriella: gabby ella
genevieve: gen jenny viv
geoffrey jeffrey jeffery: geoff jeff
george: georgie
gerald: gerry jerry
gerard: gerry jerry
gertrude: gertie trudy
gilbert: gil bert
gordon: gordy
gregory: greg gregg
gwendolyn: gwen wendy
harold: harry hal
harriet: hattie harry
helen helena: nell nellie lena
henrietta: etta hetty hattie
henry: harry hank hal
herbert: herb bert
howard: howie
hubert: hugh bert
isaac: ike zac
isabel isabella isabelle: izzy bella belle ibby
jacob: jake jay
jacqueline: jackie jacqui
james: jim jimmy jamie jem jimmie
jane: janie jenny
janet: jan
jasmine: jazz
jason: jay
jennifer: jen jenny jenn
jeremiah: jeremy jerry jem
jeremy: jem jerry
jessica: jess jessie
joan: joanie
joanna joanne: jo joan joey
john: jack johnny jock
jonathan johnathan: jon jonny nathan johnny
joseph: joe joey jo
josephine: jo josie fina
joshua: josh
joyce: joy
judith: judy judi
julia: jules
julie: jules
julian: jules
katelyn caitlin kaitlyn: kate katie cait
kenneth: ken kenny
kimberly kimberley: kim kimmy
laurence lawrence: larry laurie lars
leonard: len lenny leo
leopold: leo
leroy: roy
leslie lesley: les
lillian: lily lil
louis lewis: lou louie lew
louise louisa: lou lulu
lucille: lucy lu
madeleine madeline: maddie maddy
malcolm: mal
margaret: maggie meg peggy marge margie madge greta daisy rita megan
marjorie: marge margie
martha: marty mattie
martin: marty
mary: molly polly mamie may mae
matilda: tilly mattie tilda
matthew: matt matty
maureen: mo
maurice: mo morris
maximilian: max
maxwell: max
melanie: mel
melissa: mel missy lissa
michael: mike mick mickey micky mikey
michelle: shelly chelle
mildred: millie
millicent: millie
miranda: mandy randy
mitchell: mitch
montgomery: monty
nancy: nan
natalie: nat
natasha: tasha nat
nathan: nate nat
nathaniel: nathan nate nat
nicholas nicolas: nick nicky nico
nicole: nicky nikki
norman: norm
oliver: ollie
olivia: liv livvy ollie
oscar: ozzie
pamela: pam
patricia: pat patty tricia trish patsy
patrick: pat paddy rick
pauline: polly paula
penelope: penny
percival: percy
peter: pete
philip phillip: phil pip
phillipa philippa: pippa pip
priscilla: cilla prissy
prudence: prue
rachel: rae
randall: randy
randolph: randy
raymond: ray
rebecca: becky becca bec
reginald: reg reggie
richard: rick dick rich richie ricky dickie
robert: bob bobby rob robbie bert robby
roberta: bobbie
roderick: rod roddy
rodney: rod
roger: rodge
roland: rollie
ronald: ron ronnie
rosemary: rosie rose romy
rosalind: roz
roxanne: roxy
rudolph: rudy
russell: russ rusty
samantha: sam sammy
samson: sam
samuel: sam sammy
sandra: sandy
sarah sara: sally sadie
sebastian: seb bas
seymour: sy
sheldon: shel
sidney sydney: sid syd
simon: si
sophia sophie: soph
stanley: stan
stephanie: steph stevie
steven stephen: steve stevie
stuart stewart: stu
susan: sue susie suzy
susanna susannah: sue susie sukie
suzanne: sue suzy susie
sylvester: sly
sylvia: syl
tabitha: tabby
terence terrence: terry
teresa theresa: terry tess tessa tracy
thaddeus: tad thad
theodora: thea dora
theodore: ted teddy theo
thomas: tom tommy
timothy: tim timmy
tobias: toby
valerie: val
vanessa: nessa
veronica: ronnie vera
victor: vic
victoria: vicky vicki tori
vincent: vin vince vinnie
virginia: ginny ginger
vivian vivien: viv
walter: walt wally
wendell: wen
wilfred: wilf fred
wilhelmina: mina willa billie
william: bill billy will willy willie liam
winifred: winnie freda
winston: win
zachary: zach zack zac
`;
