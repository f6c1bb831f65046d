// Notices on rows: which hang on a row, and their numbers in the gutter.

/** @import {Labels} from '../chart/figure.js' */

import {make, showNotice} from './dom.js';

/**
 * What a notice hangs on, as the rows of its look carry it.
 * @typedef {{at: 'row', key: Labels} | {at: 'pattern', pattern: string} | {at: 'stretch', series: Labels[]}} RowAnchor
 */

/**
 * A notice as it is drawn; `people` wrote one at that place. It is of another vista where it is `earlier`.
 * @typedef {{id: string, number: number, kind: string, text: string, author: string, people: number,
 *   earlier?: boolean}} Mark
 * @typedef {Mark & {anchor: RowAnchor}} RowMark
 */

/** @param {Labels} labels */
const flat = (labels) => JSON.stringify(Object.entries(labels).sort());

/**
 * Whether a notice's anchor is that of a row: by key, by pattern, or by a series' labels; never by position.
 * @param {RowAnchor} mark
 * @param {RowAnchor} row
 */
export function matches(mark, row) {
  if (mark.at === 'row' && row.at === 'row') return flat(mark.key) === flat(row.key);
  if (mark.at === 'pattern' && row.at === 'pattern') return mark.pattern === row.pattern;
  if (mark.at !== 'stretch' || row.at !== 'stretch') return false;
  return row.series.some((labels) => mark.series.some((marked) => flat(marked) === flat(labels)));
}

/**
 * Whether words that were begun belong to this row of the same data.
 * @param {RowAnchor} anchor
 * @param {RowAnchor} begun
 */
export const isThere = (anchor, begun) => JSON.stringify(anchor) === JSON.stringify(begun);

/** @param {Mark} mark */
export const spoken = ({number, kind, author, text, earlier}) =>
  `${earlier ? 'Earlier notice' : 'Notice'} ${number}, ${kind}, by ${author}: ${text}`;

/** @param {Mark[]} marks */
export function dots(marks) {
  return marks.map((mark) => {
    const {number, kind, author, text, id, people, earlier} = mark;
    return make('button', {
      type: 'button',
      class: 'mv-dot',
      text: number,
      title: `${kind}: ${text} (${author})`,
      'aria-label': spoken(mark),
      'data-people': people > 1 && people,
      'data-earlier': earlier,
      onclick: () => showNotice(id),
    });
  });
}
