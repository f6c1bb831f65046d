// Keeps a word in this browser's storage and tells the server what was kept before. It is on every page, so it
// also has the charting library fetched before the first chart needs it.

import {prepare} from './plotly.js';

const place = (what) => `morning-vistas/${what}`;

function read(what) {
  try {
    return localStorage.getItem(place(what));
  } catch {
    return null;               // a browser that keeps nothing: one types one's name
  }
}

function keep(what, word) {
  try {
    localStorage.setItem(place(what), word);
  } catch {
    // nothing to be done, and nothing lost
  }
}

const told = new WeakSet();

export default function ({data, parentElement, setStateValue}) {
  prepare();
  if (data.word) keep(data.what, data.word);
  else if (!told.has(parentElement)) {
    told.add(parentElement);
    const word = read(data.what);
    if (word) setStateValue('kept', word);
  }
}
