import assert from 'node:assert/strict';
import test from 'node:test';

import {age, clock, exact, relative, stretch, ticks} from '../../dashboards/components/browser/times.js';
import {HOUR, MINUTE, ZONE} from './figures.js';

const DAY = 24 * HOUR;
const MORNING = Date.UTC(2026, 10, 23, 6, 30, 15);
const CLOCKS_BACK = Date.UTC(2026, 9, 25); // in Lisbon, at one in the morning UTC

test('times are said in the zone asked for, whatever the computer is set to', () => {
  assert.deepEqual([clock(MORNING, 'UTC'), clock(MORNING, 'Asia/Kolkata')], ['06:30', '12:00']);
  assert.equal(exact(MORNING, ZONE), 'Mon, 23 Nov 2026, 06:30:15 WET');
});

test('a stretch is said as finely as what is looked at needs', () => {
  const end = MORNING + 5 * MINUTE;
  assert.equal(stretch(MORNING, end, ZONE, 5 * MINUTE), '06:30:15 – 06:35:15');
  assert.equal(stretch(MORNING, end, ZONE, 6 * HOUR), '06:30 – 06:35');
  assert.equal(stretch(MORNING, end, ZONE, 7 * DAY), 'Mon 06:30 – Mon 06:35');
});

test('a moment is said once', () => {
  assert.equal(stretch(MORNING, MORNING, ZONE, HOUR), '06:30');
});

test('ticks stand at round times of the clock on the wall', () => {
  const {texts} = ticks(MORNING, MORNING + 6 * HOUR, 'Asia/Kolkata', 6);
  assert.deepEqual(texts, ['13:00', '14:00', '15:00', '16:00', '17:00', '18:00']);
});

test('midnight carries the date', () => {
  const {texts} = ticks(MORNING, MORNING + DAY, ZONE, 4);
  assert.deepEqual(texts, ['12:00', '18:00', 'Tue 24 Nov', '06:00']);
});

test('ticks stay round over the night in which the clocks go back', () => {
  const {values, texts} = ticks(CLOCKS_BACK - 6 * HOUR, CLOCKS_BACK + 12 * HOUR, ZONE, 4);
  assert.deepEqual(texts, ['Sun 25 Oct', '06:00', '12:00']);
  const [midnight, six, noon] = values;
  assert.deepEqual([(six - midnight) / HOUR, (noon - six) / HOUR], [7, 6]);
});

test('there are never more ticks than wanted, and one where there is room', () => {
  for (let span = 10_000; span < 400 * DAY; span *= 1.7) {
    const {values} = ticks(MORNING, MORNING + span, ZONE, 8);
    assert.ok(values.length <= 9, `${values.length} ticks on ${span} ms`);
    assert.ok(values.every((at) => at >= MORNING && at <= MORNING + span));
  }
});

test('how long ago it is, in one unit', () => {
  const ago = [20, 89, 91, 89 * 60, 2 * 3600, 35 * 3600, 36 * 3600].map((seconds) => relative(-1000 * seconds, 0));
  assert.deepEqual(ago, ['20 s ago', '89 s ago', '2 min ago', '89 min ago', '2 h ago', '35 h ago', '2 d ago']);
});

test('what is still to come says so', () => {
  assert.deepEqual([relative(3 * DAY, 0), relative(500, 0)], ['in 3 d', '1 s ago']);
});

test('an age is told in one unit', () => {
  const ages = [0, 119, 121, 119 * 60, 47 * 3600, 49 * 3600].map(age);
  assert.deepEqual(ages, ['0 s', '119 s', '2 min', '119 min', '47 h', '2 d']);
});
