// The log: transitions, the world's doings, lives and marks, line by line.

const ROW_HEIGHT = 21;

class Log {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.scroller = document.getElementById('log-scroll');
    this.rows = document.getElementById('log-rows');
    this.count = document.getElementById('log-count');
    this.all = this.collect();
    this.filter(false);
    this.scroller.addEventListener('scroll', () => this.draw());
  }

  /** Transitions, the world's doings, lives and marks, in order. */
  collect() {
    const { lines, lives, marks, first, nodes, events } = this.model;
    const all = [];
    for (let i = 0; i < lines.count; i++) {
      const isWorld = lines.node[i] === WORLD;
      const isOperation = isWorld && lines.what[i] === 'operation';
      if (!isOperation) {
        all.push({
          e: lines.event[i] - first, t: lines.t[i], who: isWorld ? 'world' : nodes[lines.node[i]] + (lines.scope[i] ? ' ' + lines.scope[i] : ''),
          what: lines.what[i], why: lines.why[i], style: isWorld ? (lines.what[i] === 'failure' ? 'failure' : 'world') : '', order: isWorld ? 2 : 1,
        });
      }
    }
    for (let i = 0; i < lives.count; i++) {
      all.push({ e: lives.event[i] - first, t: lives.t[i], who: nodes[lives.node[i]], what: lives.turn[i], why: '', style: /boot|resume/.test(lives.turn[i]) ? 'life back' : 'life', order: 0 });
    }
    for (let i = 0; i < marks.count; i++) {
      const e = marks.event[i] - first;
      const t = events.count > 0 ? events.t[Math.max(0, Math.min(events.count - 1, e))] : 0;
      all.push({ e, t, who: nodes[marks.node[i]], what: marks.mark[i], why: '', style: 'mark', order: 1 });
    }
    return all.map((row, i) => ({ ...row, i })).sort((a, b) => a.t - b.t || a.e - b.e || a.order - b.order || a.i - b.i);
  }

  filter(isCone) {
    const { cone } = this.view;
    this.isCone = isCone;
    this.list = isCone && cone ? this.all.filter((row) => row.style === 'failure' || (row.who !== 'world' && cone.has(row.e, this.view.isDecisive))) : this.all;
    this.count.textContent = numberText(this.list.length) + (this.list.length < this.all.length ? ' of ' + numberText(this.all.length) : '') + ' lines';
    this.rows.style.height = this.list.length * ROW_HEIGHT + 'px';
    this.draw();
  }

  /** Draws the rows in view. */
  draw() {
    const height = this.scroller.clientHeight || 200;
    const from = Math.max(0, Math.floor(this.scroller.scrollTop / ROW_HEIGHT) - 3);
    const until = Math.min(this.list.length, from + Math.ceil(height / ROW_HEIGHT) + 6);
    const made = [];
    for (let i = from; i < until; i++) {
      made.push(this.row(i));
    }
    this.rows.replaceChildren(...made);
  }

  row(i) {
    const { view, model } = this;
    const row = this.list[i];
    const chosen = row.e === view.selected && row.who !== 'world';
    const isDim = view.cone && row.who !== 'world' && !view.cone.has(row.e, view.isDecisive);
    const made = element('div', `row ${row.style} ${chosen ? 'chosen' : ''} ${isDim ? 'dim' : ''} ${i === this.near ? 'near' : ''}`);
    made.style.top = i * ROW_HEIGHT + 'px';
    made.append(element('span', 'when', timeText(row.t)), element('span', 'who', row.who));
    made.append(element('span', 'what', ...view.marked(row.what)), element('span', 'why', ...view.marked(row.why)));
    made.title = row.what + ' ' + row.why;
    made.addEventListener('click', () => this.choose(i));
    return made;
  }

  choose(i) {
    const { view, model } = this;
    const row = this.list[i];
    this.isHeld = true;
    if (row.who !== 'world' && row.e >= 0 && row.e < model.events.count) {
      view.select(row.e, true);
    } else {
      view.moveCursor(row.t, true);
    }
    this.isHeld = false;
    this.near = i;
    this.draw();
  }

  /** Scrolls to the line nearest before a moment. */
  follow(t, e) {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.list[middle];
      if (row.t < t || (row.t === t && row.e < e)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const exact = low < this.list.length && this.list[low].e === e;
    this.near = exact ? low : Math.max(0, low - 1);
    if (!this.isHeld) {
      this.scroller.scrollTop = Math.max(0, this.near * ROW_HEIGHT - this.scroller.clientHeight / 2);
    }
    this.draw();
  }

  step(direction) {
    const next = Math.max(0, Math.min(this.list.length - 1, (this.near === undefined ? -1 : this.near) + direction));
    this.choose(next);
    this.scroller.scrollTop = Math.max(0, next * ROW_HEIGHT - this.scroller.clientHeight / 2);
  }
}
