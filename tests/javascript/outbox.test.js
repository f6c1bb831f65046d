import assert from 'node:assert/strict';
import test, {beforeEach} from 'node:test';

import {Outbox} from '../../dashboards/components/browser/outbox.js';

/** What a browser keeps for a tab, as far as it is used: Node has none by itself. */
class Storage {
  #kept = new Map();

  getItem(name) {
    return this.#kept.get(name) ?? null;
  }

  setItem(name, value) {
    this.#kept.set(name, String(value));
  }
}

const refusing = {
  getItem() {
    throw new Error('blocked');
  },
  setItem() {
    throw new Error('blocked');
  },
};

beforeEach(() => {
  globalThis.sessionStorage = new Storage();
});

/** An outbox whose clock stands still, and what it sends. */
function outbox(context, key = 'sheet', asking = undefined) {
  context.mock.timers.enable({apis: ['setTimeout']});
  const box = new Outbox(key, asking);
  const sent = [];
  const drawn = {count: 0};
  const update = (answers = {}) =>
    box.update(
      answers,
      (parcel) => sent.push(parcel.items.map(({id}) => id)),
      () => {
        drawn.count += 1;
      },
    );
  update();
  return {box, sent, update, drawn};
}

const entry = {type: 'wrote', text: 'mine'};
const draft = {at: 'r/cues', text: 'mine'};

test('what is added is sent at once, and again until it is answered', (context) => {
  const {box, sent, update} = outbox(context);
  box.add([entry], draft);
  context.mock.timers.tick(8000);
  const [id] = box.items.keys();
  assert.deepEqual(sent, [[id], [id]]);
  update({[id]: null});
  context.mock.timers.tick(80_000);
  assert.equal(sent.length, 2);
});

test('what is not answered yet is among the entries', (context) => {
  const {box, update} = outbox(context);
  box.add([entry], draft);
  assert.deepEqual(box.entries, [entry]);
  update({[box.items.keys().next().value]: null});
  assert.deepEqual(box.entries, []);
});

test('words that were refused are given back, with what went wrong', (context) => {
  const {box, update} = outbox(context);
  box.add([entry], draft);
  update({[box.items.keys().next().value]: 'The disk is full.'});
  assert.deepEqual([box.draft('r/cues'), box.troubles.get('r/cues')], [draft, 'The disk is full.']);
});

test('what was of no place and refused is told under the empty name', (context) => {
  const {box, update} = outbox(context);
  box.add([entry]);
  update({[box.items.keys().next().value]: 'The disk is full.'});
  assert.equal(box.troubles.get(''), 'The disk is full.');
});

test('writing again at a place takes its trouble away', (context) => {
  const {box} = outbox(context);
  box.troubles.set('r/cues', 'The disk is full.');
  box.add([entry], draft);
  assert.equal(box.troubles.size, 0);
});

test('a page that is loaded anew still has what was typed, and sends what was not answered', (context) => {
  const {box} = outbox(context);
  box.setDraft('r/goals', {at: 'r/goals', text: 'half a'});
  box.add([entry], draft);
  const [id] = box.items.keys();
  box.dispose();
  const again = new Outbox('sheet');
  const sent = [];
  again.update(
    {},
    (parcel) => sent.push(...parcel.items),
    () => {},
  );
  context.mock.timers.tick(0);
  assert.equal(again.draft('r/goals').text, 'half a');
  assert.deepEqual(sent, [{id, entries: [entry], sure: undefined}]);
});

test('an outbox of another key knows nothing of it', (context) => {
  const {box} = outbox(context);
  box.setDraft('r/cues', draft);
  assert.equal(new Outbox('other').draft('r/cues'), undefined);
});

test('a draft is forgotten once there is none', (context) => {
  const {box} = outbox(context);
  box.setDraft('r/cues', draft);
  box.setDraft('r/cues', null);
  assert.equal(new Outbox('sheet').draft('r/cues'), undefined);
});

test('in a browser that keeps nothing it lives as long as the page', (context) => {
  globalThis.sessionStorage = refusing;
  const {box, sent} = outbox(context);
  box.setDraft('r/cues', draft);
  box.add([entry], draft);
  assert.deepEqual([box.draft('r/cues'), sent.length], [draft, 1]);
});

/** An outbox with one thing sent and asked about: what was asked, and what came of it. */
function asked(context) {
  const question = {};
  const asking = (at) => (says, decide) => {
    Object.assign(question, {at, says, decide});
    return () => {
      question.done = true;
    };
  };
  const made = outbox(context, 'sheet', asking);
  made.box.add([entry], draft);
  const [id] = made.box.items.keys();
  made.update({[id]: {asks: 'A password: keep it?'}});
  return {...made, question, id};
}

test('what is asked about is neither kept nor given back before somebody says', (context) => {
  const {box, question, sent} = asked(context);
  assert.deepEqual([question.at, question.says], ['r/cues', 'A password: keep it?']);
  assert.deepEqual([box.holds('r/cues'), box.draft('r/cues'), box.troubles.size], [true, undefined, 0]);
  context.mock.timers.tick(80_000);
  assert.equal(sent.length, 1);
});

test('who is sure has it sent again, and it is not asked about twice', (context) => {
  const {box, question, id, sent, update} = asked(context);
  question.decide(true);
  const [again] = box.items.values();
  assert.deepEqual([again.entries, again.sure, question.done], [[entry], true, true]);
  assert.notEqual(again.id, id);
  assert.deepEqual(sent.at(-1), [again.id]);
  update({[id]: {asks: 'A password: keep it?'}, [again.id]: null});
  assert.equal(box.holds('r/cues'), false);
});

test('who would rather edit has the words back, without a trouble', (context) => {
  const {box, question, drawn} = asked(context);
  question.decide(false);
  assert.deepEqual([box.draft('r/cues'), box.troubles.size, box.holds('r/cues')], [draft, 0, false]);
  assert.deepEqual([question.done, drawn.count], [true, 1]);
});

test('a page that is loaded anew sends what was asked about, and is asked again', (context) => {
  const {box, question, id} = asked(context);
  box.dispose();
  assert.equal(question.done, true);
  assert.deepEqual([...new Outbox('sheet').items.keys()], [id]);
});

test('a place is held as long as its words are under way', (context) => {
  const {box, update} = outbox(context);
  box.add([entry], draft);
  assert.deepEqual([box.holds('r/cues'), box.holds('r/goals')], [true, false]);
  update({[box.items.keys().next().value]: 'The disk is full.'});
  assert.equal(box.holds('r/cues'), false);
});
