// What a decision table will say once everything sent has arrived.

/**
 * A text in a cell; `pending` while the server does not have it.
 * @typedef {{id: string, text: string, by: string, when: string, pending?: boolean}} Text
 */

/**
 * What stands in a cell, and which texts somebody has seen who sees it.
 * @typedef {{knew: string[], texts: Text[]}} Cell
 */

/**
 * What a cue can be seen by: addresses, empty where there is none.
 * @typedef {{id: string, says: string, by: string, was: string, live: string, again: string, when: string}} Evidence
 */

/** @typedef {{id: string, cells: Record<string, Cell>, evidence: Evidence[]}} Row */

/**
 * What somebody did. Writing in no row is writing what happened.
 * @typedef {{type: 'wrote', id: string, row: string | null, field: string, text: string, knew: string[]}} Wrote
 * @typedef {{type: 'row-moved', row: string, before: string | null}} RowMoved
 * @typedef {{type: 'unlinked', id: string, row: string}} Unlinked
 * @typedef {Wrote | RowMoved | Unlinked | {type: 'row-added' | 'row-removed' | 'row-restored', row: string}} Entry
 */

/** @type {Cell} */
export const EMPTY = {knew: [], texts: []};

/**
 * The rows and the incident as they will be.
 * @param {{rows: Row[], incident: Cell, me: string}} table
 * @param {Entry[]} entries
 */
export function foreseen({rows, incident, me}, entries) {
  return entries.reduce((table, entry) => after(table, entry, me), {rows, incident});
}

/**
 * @param {{rows: Row[], incident: Cell}} table
 * @param {Entry} entry
 * @param {string} me
 */
function after({rows, incident}, entry, me) {
  if (entry.type === 'wrote' && entry.row === null) return {rows, incident: written(incident, entry, me)};
  return {rows: rowsAfter(rows, entry, me), incident};
}

/**
 * @param {Row[]} rows
 * @param {Entry} entry
 * @param {string} me
 * @returns {Row[]}
 */
function rowsAfter(rows, entry, me) {
  const known = rows.some((row) => row.id === entry.row);
  switch (entry.type) {
    case 'row-added':
      return known ? rows : [...rows, {id: entry.row, cells: {}, evidence: []}];
    case 'row-removed':
      return rows.filter((row) => row.id !== entry.row);
    case 'wrote':
      return rows.map((row) => (row.id === entry.row ? rowAfter(row, entry, me) : row));
    default:
      return rows;
  }
}

/**
 * @param {Row} row
 * @param {Wrote} entry
 * @param {string} me
 */
function rowAfter(row, entry, me) {
  const cell = row.cells[entry.field] ?? EMPTY;
  return {...row, cells: {...row.cells, [entry.field]: written(cell, entry, me)}};
}

/**
 * The new words take the place of those their writer knew.
 * @param {Cell} cell
 * @param {Wrote} entry
 * @param {string} me
 * @returns {Cell}
 */
function written(cell, {id, text, knew}, me) {
  if (cell.knew.includes(id)) return cell;
  const texts = cell.texts.filter((each) => !knew.includes(each.id));
  const said = text ? [{id, text, by: me, when: '', pending: true}] : [];
  return {knew: [...cell.knew.filter((each) => !knew.includes(each)), id], texts: [...texts, ...said]};
}
