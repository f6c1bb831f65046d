// What was written and is not confirmed yet, and what is still being typed. Both outlive a reload of the page.

import {newId} from './composer.js';

const AGAIN_AFTER = 8000;

function stored(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? {};
  } catch {
    return {};                 // a browser that keeps nothing: then it lives as long as the page
  }
}

export class Outbox {
  constructor(key) {
    this.place = `morning-vistas/${key}`;
    const {drafts = {}, items = []} = stored(this.place);
    this.drafts = new Map(Object.entries(drafts));
    this.items = new Map(items.map((item) => [item.id, item]));
    this.troubles = new Map();
  }

  /** `answers` says of what was sent: null where it was kept, else what went wrong. */
  update(answers, send) {
    this.send = send;
    for (const [id, item] of this.items) {
      if (!(id in answers)) continue;
      this.items.delete(id);
      if (answers[id]) this.#refused(item, answers[id]);
    }
    this.#keep();
    if (this.items.size && !this.waiting) this.waiting = setTimeout(() => this.#sendAll(), 0);
  }

  /** Send entries, and again until they are answered. `draft` are the words to be given back if they are refused. */
  add(entries, draft) {
    const item = {id: newId(), entries, draft};
    this.items.set(item.id, item);
    this.troubles.delete(draft?.at ?? '');
    this.#keep();
    this.#sendAll();
  }

  draft(at) {
    return this.drafts.get(at);
  }

  setDraft(at, draft) {
    if (draft) this.drafts.set(at, draft);
    else this.drafts.delete(at);
    this.#keep();
  }

  get entries() {
    return [...this.items.values()].flatMap((item) => item.entries);
  }

  dispose() {
    clearTimeout(this.waiting);
    this.waiting = null;
  }

  /** `troubles` says what went wrong, by cell; what is of no cell is under the empty name. */
  #refused({draft}, says) {
    this.troubles.set(draft?.at ?? '', says);
    if (draft) this.drafts.set(draft.at, draft);
  }

  #sendAll() {
    clearTimeout(this.waiting);
    this.waiting = null;
    if (!this.items.size) return;
    this.send?.({id: newId(), items: [...this.items.values()].map(({id, entries}) => ({id, entries}))});
    this.waiting = setTimeout(() => this.#sendAll(), AGAIN_AFTER);
  }

  #keep() {
    if (!this.items.size) this.dispose();
    try {
      sessionStorage.setItem(this.place, JSON.stringify({drafts: Object.fromEntries(this.drafts), items: [...this.items.values()]}));
    } catch {
      // as above
    }
  }
}

const nothing = {knew: [], texts: []};

/** The rows and the incident as they will be once everything sent has arrived. */
export function foreseen({rows, incident, me}, entries) {
  const cells = (row) => ({...row, cells: {...row.cells}});
  const all = rows.map(cells);
  const story = cells({cells: {incident: incident.cell}});
  for (const entry of entries) {
    if (entry.does === 'row-added' && !all.some((row) => row.id === entry.row)) {
      all.push({id: entry.row, cells: {}, evidence: []});
    } else if (entry.does === 'row-removed') {
      all.splice(0, all.length, ...all.filter((row) => row.id !== entry.row));
    } else if (entry.does === 'wrote') {
      const row = entry.row === null ? story : all.find((each) => each.id === entry.row);
      if (row) row.cells[entry.field] = written(row.cells[entry.field] ?? nothing, entry, me);
    }
  }
  return {rows: all, incident: story.cells.incident};
}

function written(cell, {id, text, knew}, me) {
  if (cell.knew.includes(id)) return cell;
  const stays = (each) => !knew.includes(each);
  const said = text ? [{id, text, by: me, when: '', pending: true}] : [];
  return {knew: [...cell.knew.filter(stays), id], texts: [...cell.texts.filter((each) => stays(each.id)), ...said]};
}
