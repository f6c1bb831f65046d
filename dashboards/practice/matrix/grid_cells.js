// What stands in a cell of a matrix: strokes for how hard, a dot for what is observed, a corner for notices.

import {make} from '../../components/browser/dom.js';

/**
 * A matrix as the server knows it: `kinds` from the hardest to the last, which says that one is unsure.
 * @typedef {object} Table
 * @property {string} me
 * @property {string[]} kinds
 * @property {boolean} writable
 * @property {boolean} blind
 * @property {string[]} people
 * @property {Record<string, Said>} cells
 */

/**
 * What is known of a cell, by `needs/needed`.
 * @typedef {object} Said
 * @property {[person: string, how: string][]} who
 * @property {string[]} observed
 * @property {{says: string, opens: string}[]} evidence
 * @property {CellNotice[]} notices
 * @property {boolean} asked
 */

/** @typedef {{id: string, by: string, when: string, text: string}} CellNotice */

/** @typedef {{id: string, name: string, cycle: number | null}} Element */

/**
 * What somebody did.
 * @typedef {{type: 'believed', needs: string, needed: string, how: string | null}} Believed
 * @typedef {{type: 'cell-noticed', id: string, needs: string, needed: string, text: string}} CellNoticed
 * @typedef {Believed | CellNoticed | {type: 'cell-notice-taken-back', id: string}} Entry
 */

/** @typedef {Map<string, string>} Marks  how hard, by person */

/**
 * Marks as they will be once everything sent has arrived, by cell.
 * @param {Pick<Table, 'cells' | 'me'>} data
 * @param {Entry[]} entries
 */
export function marksOf(data, entries) {
  const marks = new Map(Object.entries(data.cells).map(([at, cell]) => [at, new Map(cell.who)]));
  for (const entry of entries) {
    if (entry.type !== 'believed') continue;
    const at = `${entry.needs}/${entry.needed}`;
    const here = marks.get(at) ?? new Map();
    marks.set(at, here);
    if (entry.how === null) here.delete(data.me);
    else here.set(data.me, entry.how);
  }
  return marks;
}

/**
 * Who marked what, the hardest first; what nobody marked is left out.
 * @param {Marks} who
 * @param {string[]} kinds
 */
export function spread(who, kinds) {
  return kinds
    .map((how) => ({how, names: [...who.keys()].filter((person) => who.get(person) === how)}))
    .filter(({names}) => names.length);
}

/**
 * Three strokes, two, one, or a question mark.
 * @param {string} how
 * @param {string[]} kinds
 */
export function symbol(how, kinds) {
  const place = kinds.indexOf(how);
  if (place === kinds.length - 1)
    return make('i', {class: 'mv-how mv-how-unsure', 'aria-hidden': 'true', text: '?'});
  return make(
    'i',
    {class: `mv-how mv-how-${place + 1}`, 'aria-hidden': 'true'},
    Array.from({length: kinds.length - 1 - place}, () => make('b')),
  );
}

/**
 * @param {Marks} who
 * @param {Said | undefined} said
 * @param {Pick<Table, 'kinds' | 'me'>} data
 */
export function face(who, said, {kinds, me}) {
  const bands = spread(who, kinds).map(({how, names}) =>
    make(
      'span',
      {class: `mv-band-of mv-hard-${kinds.indexOf(how) + 1}${names.includes(me) ? ' mv-mine' : ''}`},
      symbol(how, kinds),
    ),
  );
  return [
    bands.length ? make('span', {class: 'mv-bands'}, bands) : null,
    said?.observed.length ? make('i', {class: 'mv-observed', 'aria-hidden': 'true'}) : null,
    said?.notices.length ? make('i', {class: 'mv-noted', 'aria-hidden': 'true'}) : null,
  ];
}

/**
 * The cell for whoever hears it; names only where it is opened.
 * @param {Element} row
 * @param {Element} column
 * @param {Marks} who
 * @param {Said | undefined} said
 * @param {Pick<Table, 'kinds' | 'me'>} data
 */
export function label(row, column, who, said, {kinds, me}) {
  const all = spread(who, kinds);
  const mine = who.get(me);
  return [
    `${row.name} needs ${column.name}`,
    mine ? `you: ${mine}` : 'you left it empty',
    ...all
      .map(({how, names}) => ({how, others: names.filter((each) => each !== me).length}))
      .filter(({others}) => others)
      .map(({how, others}) => `${others} others: ${how}`),
    said?.observed.length ? `observed: ${said.observed.join(', ')}` : '',
    said?.notices.length ? `${said.notices.length} notices` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
