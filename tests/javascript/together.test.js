// What several people do at once: how it will be once everything sent has arrived.

import assert from 'node:assert/strict';
import test from 'node:test';
import {foreseen} from '../../dashboards/practice/decisions/sheet_foreseen.js';
import {label, marksOf, spread} from '../../dashboards/practice/matrix/grid_cells.js';
import {foreseen as groupsForeseen} from '../../dashboards/practice/rounds/groups_foreseen.js';

const card = (id) => ({id, text: `card ${id}`, by: 'Maya'});
const groups = [
  {id: null, name: '', cards: [card('a'), card('b')]},
  {id: 'g', name: 'Sleep', cards: [card('c')]},
];
const where = (entries) =>
  Object.fromEntries(
    groupsForeseen(groups, entries).map(({id, cards}) => [id, cards.map((each) => each.id).join('')]),
  );

test('without entries the groups are as they are, the loose cards first', () => {
  assert.deepEqual(where([]), {'': 'ab', g: 'c'});
});

test('a card moves into a group and out of it', () => {
  assert.deepEqual(where([{type: 'grouped', answer: 'a', group: 'g'}]), {'': 'b', g: 'ac'});
  assert.deepEqual(where([{type: 'grouped', answer: 'c', group: null}]), {'': 'abc', g: ''});
});

test('a group is made by its name, and a card moves there', () => {
  const made = [
    {type: 'group-named', group: 'n', name: 'New'},
    {type: 'grouped', answer: 'b', group: 'n'},
  ];
  assert.deepEqual(where(made), {'': 'a', g: 'c', n: 'b'});
});

test('a group without a name is dissolved, and its cards are loose', () => {
  assert.deepEqual(where([{type: 'group-named', group: 'g', name: ''}]), {'': 'abc'});
});

test('nothing moves that is not there, nor to where nothing is', () => {
  const lost = [
    {type: 'grouped', answer: 'x', group: 'g'},
    {type: 'grouped', answer: 'a', group: 'x'},
  ];
  assert.deepEqual(where(lost), {'': 'ab', g: 'c'});
});

const text = (id, by = 'Tomás') => ({id, text: `words ${id}`, by, when: '8:00'});
const table = {
  me: 'Maya',
  incident: {knew: [], texts: []},
  rows: [{id: 'r', cells: {cues: {knew: ['1', '2'], texts: [text('1'), text('2')]}}, evidence: []}],
};
const wrote = (more) => ({
  type: 'wrote',
  id: '3',
  row: 'r',
  field: 'cues',
  text: 'mine',
  knew: ['1', '2'],
  ...more,
});

test('new words take the place of those their writer knew', () => {
  const {rows} = foreseen(table, [wrote()]);
  assert.deepEqual(rows[0].cells.cues, {
    knew: ['3'],
    texts: [{id: '3', text: 'mine', by: 'Maya', when: '', pending: true}],
  });
});

test('words that their writer had not seen stay beside them', () => {
  const {rows} = foreseen(table, [wrote({knew: ['1']})]);
  assert.deepEqual(
    rows[0].cells.cues.texts.map(({id}) => id),
    ['2', '3'],
  );
});

test('empty words empty a cell', () => {
  assert.deepEqual(foreseen(table, [wrote({text: ''})]).rows[0].cells.cues, {knew: ['3'], texts: []});
});

test('what the server has already is not told twice', () => {
  const known = {...table, rows: foreseen(table, [wrote()]).rows};
  assert.deepEqual(foreseen(known, [wrote()]).rows, known.rows);
});

test('writing in no row is what happened', () => {
  const {incident, rows} = foreseen(table, [wrote({row: null, field: 'incident', knew: []})]);
  assert.deepEqual([incident.texts[0].text, rows], ['mine', table.rows]);
});

test('a row is there once it is added and gone once it is removed', () => {
  const added = [{type: 'row-added', row: 'n'}, wrote({row: 'n', field: 'decision', knew: []})];
  assert.deepEqual(
    foreseen(table, [...added, added[0]]).rows.map(({id}) => id),
    ['r', 'n'],
  );
  assert.equal(foreseen(table, added).rows[1].cells.decision.texts[0].text, 'mine');
  assert.deepEqual(
    foreseen(table, [...added, {type: 'row-removed', row: 'r'}]).rows.map(({id}) => id),
    ['n'],
  );
});

test('foreseeing changes nothing of what came from the server', () => {
  const before = structuredClone(table);
  foreseen(table, [wrote(), wrote({id: '4', row: null}), {type: 'row-removed', row: 'r'}]);
  assert.deepEqual(table, before);
});

const KINDS = ['stops us', 'degrades us', 'unsure'];
const matrix = {
  me: 'Maya',
  kinds: KINDS,
  cells: {
    'a/b': {
      who: [
        ['Maya', 'unsure'],
        ['Tomás', 'stops us'],
      ],
    },
  },
};
const believed = (how, needed = 'b') => ({type: 'believed', needs: 'a', needed, how});

test('a mark of mine is seen before the server has it; those of others stay', () => {
  const marks = marksOf(matrix, [believed('degrades us'), believed('stops us', 'c')]);
  assert.deepEqual(
    [...marks.get('a/b')],
    [
      ['Maya', 'degrades us'],
      ['Tomás', 'stops us'],
    ],
  );
  assert.deepEqual([...marks.get('a/c')], [['Maya', 'stops us']]);
});

test('a mark is taken back', () => {
  assert.deepEqual(
    [
      ...marksOf(matrix, [believed(null)])
        .get('a/b')
        .keys(),
    ],
    ['Tomás'],
  );
});

test('marks are told from the hardest on, each with who made it', () => {
  const who = new Map([
    ['Maya', 'unsure'],
    ['Tomás', 'stops us'],
    ['Ana', 'stops us'],
  ]);
  assert.deepEqual(spread(who, KINDS), [
    {how: 'stops us', names: ['Tomás', 'Ana']},
    {how: 'unsure', names: ['Maya']},
  ]);
});

test('a cell says to the ears what is mine and how many others there are', () => {
  const who = new Map([
    ['Maya', 'unsure'],
    ['Tomás', 'stops us'],
  ]);
  const said = {observed: ['calls'], notices: [{}, {}]};
  const heard = label({name: 'cart'}, {name: 'db'}, who, said, matrix);
  assert.equal(heard, 'cart needs db; you: unsure; 1 others: stops us; observed: calls; 2 notices');
});
