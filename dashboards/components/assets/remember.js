// Keeps a name in this browser's storage and tells the server what was kept before. It is on every page, so it
// also has the charting library fetched before the first chart needs it.

import {prepare} from './plotly.js';

const PLACE = 'morning-vistas/name';

function read() {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;               // a browser that keeps nothing: one types one's name
  }
}

function keep(name) {
  try {
    localStorage.setItem(PLACE, name);
  } catch {
    // nothing to be done, and nothing lost
  }
}

const told = new WeakSet();

export default function ({data, parentElement, setStateValue}) {
  prepare();
  if (data.name) keep(data.name);
  else if (!told.has(parentElement)) {
    told.add(parentElement);
    const name = read();
    if (name) setStateValue('kept', name);
  }
}
