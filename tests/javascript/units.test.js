// That every unit reads as in vistas/formatting/values.py is held by tests/browser/test_units.py, side by side.

import assert from 'node:assert/strict';
import test from 'node:test';

import {format} from '../../dashboards/components/browser/units.js';

test('three figures are enough', () => {
  assert.deepEqual(
    [12.345, 0.98765, 1005, 0].map((value) => format(value, 'number')),
    ['12.3', '0.988', '1\u2009005', '0'],
  );
});

test('large and small numbers take the next unit', () => {
  assert.equal(format(1536, 'bytes'), '1.5\u202fKiB');
  assert.equal(format(0.0042, 'seconds'), '4.2 ms');
  assert.equal(format(-90_000, 'number'), '-90\u202fk');
});

test('times are written alike, whatever they were counted in', () => {
  assert.deepEqual(
    [format(1.5e6, 'microseconds'), format(1500, 'milliseconds'), format(1.5, 'seconds')],
    ['1.5 s', '1.5 s', '1.5 s'],
  );
  assert.equal(format(0.25, 'milliseconds'), '250 µs');
});

test('rates carry their second; bits count in thousands', () => {
  assert.equal(format(1024, 'bits/s'), '1.02\u202fkbit/s');
  assert.equal(format(2.5e6, 'bits/s'), '2.5\u202fMbit/s');
  assert.equal(format(12.3, 'per second'), '12.3/s');
});

test('a date is written by the clock of a zone, or in UTC, which is said', () => {
  assert.equal(format(1795073400, 'dates'), '19 Nov 2026, 07:30 UTC');
  assert.equal(format(1795073400, 'dates', 'Asia/Kolkata'), '19 Nov 2026, 13:00');
  assert.equal(format(1788256800, 'dates', 'Europe/Lisbon'), '1 Sep 2026, 11:00');
  assert.equal(format(12, 'seconds', 'Asia/Kolkata'), '12 s');
});

test('milliseconds are no date', () => {
  assert.equal(format(1795073400000, 'dates'), '1.8\u202fT');
});

test('what is no number is said', () => {
  assert.deepEqual(
    [null, undefined, NaN].map((value) => format(value, 'bytes')),
    Array(3).fill('no data'),
  );
  assert.deepEqual(
    [Infinity, -Infinity].map((value) => format(value, 'bytes')),
    ['∞', '−∞'],
  );
});

test('a unit nobody knows is a plain number', () => {
  assert.equal(format(12, 'furlongs'), '12');
});
