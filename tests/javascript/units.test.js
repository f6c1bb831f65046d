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
