// How a decision and its cells are drawn. Words are only ever text nodes.

/**
 * @import {Child, Properties} from '../../components/browser/dom.js'
 * @import {Draft} from './cell_editor.js'
 * @import {Cell, Row, Text} from './sheet_foreseen.js'
 */

import {make} from '../../components/browser/dom.js';

/**
 * What one writes under: its name, its title, and the questions that help along.
 * @typedef {{field: string, title: string, probes: string[]}} Column
 */

/**
 * What can be done in a cell, what one has begun there, and what went wrong.
 * @typedef {object} Acts
 * @property {boolean} writable
 * @property {Draft | null | undefined} draft
 * @property {string | undefined} trouble
 * @property {() => void} write
 * @property {() => void} join
 * @property {(event: KeyboardEvent) => void} key
 * @property {(text: string) => void} settle
 */

/**
 * What can be done with a decision.
 * @typedef {object} RowActs
 * @property {boolean} writable
 * @property {() => void} link
 * @property {(id: string) => void} unlink
 * @property {(steps: number) => void} move
 * @property {() => void} remove
 */

const WORDS = {was: 'as it was', live: 'live'};

/** @param {Cell} cell */
function said(cell) {
  return cell.texts.map((each) => each.text).join('\n');
}

/**
 * @param {Cell} cell
 * @param {Acts} act
 */
function several(cell, act) {
  return make(
    'div',
    {class: 'mv-several'},
    cell.texts.map((each) =>
      make(
        'div',
        {class: 'mv-one-of'},
        make('div', {class: 'mv-words', text: each.text}),
        make(
          'div',
          {class: 'mv-who'},
          make('span', {text: signed(each)}),
          act.writable &&
            make('button', {
              type: 'button',
              class: 'mv-quiet',
              text: 'Keep this',
              onclick: () => act.settle(each.text),
            }),
        ),
      ),
    ),
    act.writable && make('button', {type: 'button', class: 'mv-quiet', text: 'Combine', onclick: act.join}),
  );
}

/**
 * One cell's face: what stands there, what is on its way, what one has begun to write.
 * @param {Cell} cell
 * @param {Pick<Column, 'title' | 'probes'>} column
 * @param {Acts} act
 * @returns {Child[]}
 */
export function face(cell, {title, probes}, act) {
  const {draft, trouble} = act;
  if (cell.texts.length > 1 && !draft) return [several(cell, act)];
  const text = draft ? draft.text : said(cell);
  const state = `${cell.texts.some((each) => each.pending) ? ' mv-pending' : ''}${draft ? ' mv-begun' : ''}`;
  const words = make(
    'div',
    {
      class: `mv-face${state}`,
      title: draft ? null : origin(cell),
      ...(act.writable && opening(title, text, probes, act)),
    },
    text ? make('div', {class: 'mv-words', text}) : empty(act.writable ? (probes[0] ?? '') : '–'),
  );
  const note = trouble ?? (draft && 'Not saved yet');
  return [words, note && make('div', {class: `mv-status${trouble ? ' mv-trouble' : ''}`, text: note})];
}

/**
 * Who wrote what stands there, and when, where it is one text.
 * @param {Cell} cell
 */
function origin({texts}) {
  return texts.length === 1 ? signed(texts[0]) : null;
}

/** @param {Text} text */
const signed = ({by, when}) => [by, when].filter(Boolean).join(', ');

/** @param {string} hint */
const empty = (hint) => make('div', {class: 'mv-empty', 'aria-hidden': 'true', text: hint});

/**
 * What is said of an empty cell: the hint that is seen there, too.
 * @param {string[]} probes
 */
const unwritten = (probes) => ['empty', ...probes.slice(0, 1)].join(': ');

/**
 * What makes a face one that opens.
 * @param {string} title
 * @param {string} text
 * @param {string[]} probes
 * @param {Acts} act
 * @returns {Properties}
 */
function opening(title, text, probes, act) {
  return {
    tabindex: 0,
    role: 'button',
    'aria-label': `${title}: ${text || unwritten(probes)}. Enter writes.`,
    onclick: () => String(getSelection()) || act.write(),
    onkeydown: (event) => act.key(event),
  };
}

/**
 * @param {string} name
 * @param {string} href
 * @param {string} text
 */
function opener(name, href, text) {
  return (
    href &&
    make('a', {href, target: '_blank', rel: 'noopener', text, 'aria-label': `${name}, ${text}, in a new tab`})
  );
}

/**
 * What a cue can be seen by.
 * @param {Row} row
 * @param {RowActs} act
 */
export function evidence(row, act) {
  return make(
    'div',
    {class: 'mv-evidence'},
    row.evidence.map((each) =>
      make(
        'div',
        {class: 'mv-link', title: each.by},
        make(
          'div',
          {class: 'mv-link-says'},
          make('span', {text: each.says}),
          act.writable &&
            make('button', {
              type: 'button',
              class: 'mv-drop',
              'aria-label': `Unlink ${each.says}`,
              title: 'Unlink',
              text: '×',
              onclick: () => act.unlink(each.id),
            }),
        ),
        make(
          'div',
          {class: 'mv-opens'},
          opener(each.says, each.was, WORDS.was),
          opener(each.says, each.live, WORDS.live),
          opener(each.says, each.again, `again ${each.when}`),
        ),
      ),
    ),
    act.writable &&
      make('button', {
        type: 'button',
        class: 'mv-quiet mv-add-link',
        text: '+ evidence',
        'aria-label': 'Link evidence to these cues',
        onclick: act.link,
      }),
  );
}

/**
 * @param {string} name
 * @param {string} symbol
 * @param {() => void} run
 */
function tool(name, symbol, run, disabled = false) {
  return make('button', {
    type: 'button',
    class: 'mv-tool',
    title: name,
    'aria-label': name,
    text: symbol,
    disabled,
    onclick: run,
  });
}

/**
 * One decision: its band, then its cells. `cellOf(field)` draws a cell's face.
 * @param {Row} row
 * @param {number} number
 * @param {{columns: Column[], writable: boolean, first: boolean, last: boolean}} state
 * @param {(column: Column) => Child[]} cellOf
 * @param {RowActs} act
 */
export function decision(row, number, {columns, writable, first, last}, cellOf, act) {
  const [named, ...others] = columns;
  const tools =
    writable &&
    make(
      'div',
      {class: 'mv-tools-of', role: 'cell'},
      tool('Move up', '↑', () => act.move(-1), first),
      tool('Move down', '↓', () => act.move(1), last),
      tool('Remove', '×', act.remove),
    );
  return make(
    'div',
    {class: 'mv-decision', role: 'rowgroup', 'data-row': row.id},
    make(
      'div',
      {class: 'mv-band', role: 'row'},
      make('span', {class: 'mv-count', 'aria-hidden': 'true', text: number}),
      make(
        'div',
        {class: 'mv-cell mv-cell-decision', role: 'rowheader', 'data-at': `${row.id}/${named.field}`},
        cellOf(named),
      ),
      tools,
    ),
    make(
      'div',
      {class: 'mv-cells', role: 'row'},
      others.map((column) =>
        make(
          'div',
          {class: `mv-cell mv-cell-${column.field}`, role: 'cell', 'data-at': `${row.id}/${column.field}`},
          make('div', {class: 'mv-label-of', text: column.title}),
          cellOf(column),
          column.field === 'cues' && evidence(row, act),
        ),
      ),
    ),
  );
}
