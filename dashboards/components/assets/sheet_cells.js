// How a decision and its cells are drawn. Words are only ever text nodes.

import {make} from './dom.js';

const WORDS = {was: 'as it was', live: 'live'};

function said(cell) {
  return cell.texts.map((each) => each.text).join('\n');
}

function several(cell, act) {
  return make('div', {class: 'mv-several'},
    cell.texts.map((each) => make('div', {class: 'mv-one-of'},
      make('div', {class: 'mv-words', text: each.text}),
      make('div', {class: 'mv-who'}, make('span', {text: [each.by, each.when].filter(Boolean).join(', ')}),
        act.writable && make('button', {type: 'button', class: 'mv-quiet', text: 'Keep this', onclick: () => act.settle(each.text)})))),
    act.writable && make('button', {type: 'button', class: 'mv-quiet', text: 'Join them', onclick: act.join}));
}

/** One cell's face: what stands there, what is on its way, what one has begun to write. */
export function face(cell, {title, probes}, act) {
  const {draft, trouble} = act;
  if (cell.texts.length > 1 && !draft) return several(cell, act);
  const text = draft ? draft.text : said(cell);
  const words = make('div', {
    class: `mv-face${cell.texts.some((each) => each.pending) ? ' mv-pending' : ''}${draft ? ' mv-begun' : ''}`,
    tabindex: act.writable ? 0 : null,
    role: act.writable ? 'button' : null,
    'aria-label': act.writable ? `${title}: ${text || 'empty'}. Enter writes.` : null,
    title: cell.texts.length === 1 && !draft ? [cell.texts[0].by, cell.texts[0].when].filter(Boolean).join(', ') : null,
    onclick: act.writable ? () => String(getSelection()) || act.write() : null,
    onkeydown: act.writable ? (event) => act.key(event) : null,
  }, text ? make('div', {class: 'mv-words', text}) : make('div', {class: 'mv-empty', 'aria-hidden': 'true', text: act.writable ? probes[0] ?? '' : '–'}));
  const note = trouble ?? (draft && 'Not kept yet');
  return [words, note && make('div', {class: `mv-status${trouble ? ' mv-trouble' : ''}`, text: note})].filter(Boolean);
}

function opener(name, href, text) {
  return href && make('a', {href, target: '_blank', rel: 'noopener', text, 'aria-label': `${name}, ${text}, in a new tab`});
}

/** What a cue can be seen by. */
export function evidence(row, act) {
  return make('div', {class: 'mv-evidence'},
    row.evidence.map((each) => make('div', {class: 'mv-link', title: each.by},
      make('div', {class: 'mv-link-says'}, make('span', {text: each.says}),
        act.writable && make('button', {type: 'button', class: 'mv-drop', 'aria-label': `Unlink ${each.says}`, title: 'Unlink', text: '×', onclick: () => act.unlink(each.id)})),
      make('div', {class: 'mv-opens'}, opener(each.says, each.was, WORDS.was), opener(each.says, each.live, WORDS.live),
        opener(each.says, each.again, `again ${each.when}`)))),
    act.writable && make('button', {type: 'button', class: 'mv-quiet mv-add-link', text: '+ evidence', 'aria-label': 'Link evidence to these cues', onclick: act.link}));
}

function tool(name, symbol, run, disabled = false) {
  return make('button', {type: 'button', class: 'mv-tool', title: name, 'aria-label': name, text: symbol, disabled, onclick: run});
}

/** One decision: its band, then its cells. `cellOf(field)` draws a cell's face. */
export function decision(row, number, {columns, writable, first, last}, cellOf, act) {
  const [named, ...others] = columns;
  const tools = writable && make('div', {class: 'mv-tools-of'},
    tool('Move up', '↑', () => act.move(-1), first), tool('Move down', '↓', () => act.move(1), last), tool('Remove', '×', act.remove));
  return make('div', {class: 'mv-decision', role: 'rowgroup', 'data-row': row.id},
    make('div', {class: 'mv-band', role: 'row'}, make('span', {class: 'mv-count', 'aria-hidden': 'true', text: number}),
      make('div', {class: 'mv-cell mv-cell-decision', role: 'rowheader', 'data-at': `${row.id}/${named.field}`}, cellOf(named)), tools),
    make('div', {class: 'mv-cells', role: 'row'}, others.map((column) => make('div', {class: `mv-cell mv-cell-${column.field}`, role: 'cell', 'data-at': `${row.id}/${column.field}`},
      make('div', {class: 'mv-label-of', text: column.title}), cellOf(column), column.field === 'cues' && evidence(row, act)))));
}
