// What stands in a cell of a matrix: strokes for how hard, a dot for what is observed, a corner for notices.

import {make} from './dom.js';

/** Marks as they will be once everything sent has arrived: by cell, `[person, how]`. */
export function marksOf(data, entries) {
  const marks = new Map(Object.entries(data.cells).map(([at, cell]) => [at, new Map(cell.who)]));
  for (const entry of entries) {
    if (entry.does !== 'believed') continue;
    const at = `${entry.needs}/${entry.needed}`;
    if (!marks.has(at)) marks.set(at, new Map());
    if (entry.how === null) marks.get(at).delete(data.me);
    else marks.get(at).set(data.me, entry.how);
  }
  return marks;
}

/** Who marked what, the hardest first: `[how, names]`. */
export function spread(who, kinds) {
  return kinds.map((how) => [how, [...who].filter(([, each]) => each === how).map(([person]) => person)]).filter(([, names]) => names.length);
}

/** Three strokes, two, one, or a question mark. */
export function symbol(how, kinds) {
  const place = kinds.indexOf(how);
  if (place === kinds.length - 1) return make('i', {class: 'mv-how mv-how-unsure', 'aria-hidden': 'true', text: '?'});
  return make('i', {class: `mv-how mv-how-${place + 1}`, 'aria-hidden': 'true'}, Array.from({length: kinds.length - 1 - place}, () => make('b')));
}

export function face(who, said, {kinds, me}) {
  const bands = spread(who, kinds).map(([how, names]) => make('span', {class: `mv-band-of mv-hard-${kinds.indexOf(how) + 1}${names.includes(me) ? ' mv-mine' : ''}`}, symbol(how, kinds)));
  return [
    bands.length ? make('span', {class: 'mv-bands'}, bands) : null,
    said?.observed.length ? make('i', {class: 'mv-observed', 'aria-hidden': 'true'}) : null,
    said?.notices.length ? make('i', {class: 'mv-noted', 'aria-hidden': 'true'}) : null,
  ].filter(Boolean);
}

/** The cell for whoever hears it; names only where it is opened. */
export function label(row, column, who, said, {kinds, me}) {
  const all = spread(who, kinds);
  const mine = who.get(me);
  return [
    `${row.name} needs ${column.name}`,
    mine ? `you: ${mine}` : 'you left it empty',
    ...all.filter(([how, names]) => names.some((each) => each !== me)).map(([how, names]) => `${names.filter((each) => each !== me).length} others: ${how}`),
    said?.observed.length ? `observed: ${said.observed.join(', ')}` : '',
    said?.notices.length ? `${said.notices.length} notices` : '',
  ].filter(Boolean).join('; ');
}
