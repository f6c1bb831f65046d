// Notices on rows: which hang on a row, and their numbers in the gutter.

import {make, showNotice} from './dom.js';

const flat = (labels) => JSON.stringify(Object.entries(labels).sort());

/** Whether a notice's anchor is that of a row: by key, by pattern, or by a series' labels; never by position. */
export function matches(mark, row) {
  if (mark.at !== row.at) return false;
  if (row.at === 'row') return flat(mark.key) === flat(row.key);
  if (row.at === 'pattern') return mark.pattern === row.pattern;
  return row.series.some((labels) => mark.series.some((marked) => flat(marked) === flat(labels)));
}

export function dots(marks) {
  return marks.map(({number, kind, author, text, id, people}) => make('button', {
    type: 'button', class: 'mv-dot', text: number, title: `${kind}: ${text} (${author})`,
    'aria-label': `Notice ${number}, ${kind}, by ${author}: ${text}`, 'data-people': people > 1 && people, onclick: () => showNotice(id),
  }));
}
