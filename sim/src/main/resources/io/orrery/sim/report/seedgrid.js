// The wall itself: a cell for each seed. Drawn once for each order; what is chosen is a frame above it.

class SeedGrid {
  constructor(burn, onChoose) {
    this.burn = burn;
    this.onChoose = onChoose;
    this.canvas = document.getElementById('cells');
    this.frame = document.getElementById('cell-frame');
    this.tip = document.getElementById('tip');
    this.list = [];
    this.chosen = -1;
    this.bind();
  }

  /** Green for what came right, from pale to deep by coverage; trouble in colours that differ in lightness too. */
  colour(i) {
    const verdict = this.burn.verdict[i];
    return verdict === 'ok' ? this.ramp[Math.round(this.burn.rank[i] * (this.ramp.length - 1))] : troubleColour(verdict);
  }

  /** Shows these seeds, in this order. */
  show(list) {
    const seed = this.chosen >= 0 ? this.list[this.chosen] : -1;
    this.list = list;
    this.chosen = list.indexOf(seed);
    this.draw();
  }

  draw() {
    this.ramp = Array.from({ length: 24 }, (_, k) => coverageColour(k / 23));
    const box = this.canvas.parentElement;
    const width = box.clientWidth;
    const count = Math.max(1, this.list.length);
    const room = width * Math.max(260, Math.min(460, window.innerHeight * 0.5));
    this.size = Math.max(3, Math.min(30, Math.floor(Math.sqrt(room / count))));
    this.perRow = Math.max(1, Math.floor(width / this.size));
    const height = Math.ceil(count / this.perRow) * this.size + 1;
    const c = sizedCanvas(this.canvas, width, height);
    const gap = this.size > 9 ? 1.5 : this.size > 4 ? 1 : 0.5;
    const side = this.size - gap;
    this.list.forEach((i, k) => {
      const x = (k % this.perRow) * this.size;
      const y = Math.floor(k / this.perRow) * this.size;
      c.fillStyle = this.colour(i);
      if (this.size > 9) {
        c.beginPath();
        c.roundRect(x, y, side, side, this.size > 12 ? 3 : 1.5);
        c.fill();
      } else {
        c.fillRect(x, y, side, side);
      }
      if (this.burn.verdict[i] !== 'ok' && this.size >= 10) {
        cross(c, x + side / 2, y + side / 2, side * 0.22);
      }
    });
    if (this.size < 8) {
      this.drawTroubles(c);
    }
    this.showFrame();
  }

  /** Where cells are small, trouble is drawn larger than its cell: nobody should have to search for it. */
  drawTroubles(c) {
    const paper = themeColours().paper;
    this.list.forEach((i, k) => {
      if (this.burn.verdict[i] !== 'ok') {
        const x = ((k % this.perRow) + 0.5) * this.size;
        const y = (Math.floor(k / this.perRow) + 0.5) * this.size;
        c.fillStyle = paper;
        c.fillRect(x - 5, y - 5, 10, 10);
        c.fillStyle = troubleColour(this.burn.verdict[i]);
        c.fillRect(x - 4, y - 4, 8, 8);
      }
    });
  }

  showFrame() {
    this.frame.hidden = this.chosen < 0;
    if (this.chosen >= 0) {
      this.frame.style.left = (this.chosen % this.perRow) * this.size - 2 + 'px';
      this.frame.style.top = Math.floor(this.chosen / this.perRow) * this.size - 2 + 'px';
      this.frame.style.width = this.frame.style.height = this.size + 3 + 'px';
    }
  }

  at(e) {
    const column = Math.floor(e.offsetX / this.size);
    const k = Math.floor(e.offsetY / this.size) * this.perRow + column;
    return column >= 0 && column < this.perRow && k < this.list.length ? k : -1;
  }

  choose(k) {
    this.chosen = k;
    this.showFrame();
    this.onChoose(this.list[k]);
  }

  chooseSeed(i) {
    const k = this.list.indexOf(i);
    if (k >= 0) {
      this.choose(k);
    }
  }

  bind() {
    this.canvas.addEventListener('pointermove', (e) => {
      const k = this.at(e);
      this.tip.hidden = k < 0 || e.pointerType === 'touch';
      if (!this.tip.hidden) {
        showTip(this.tip, e, ...this.words(this.list[k]));
      }
    });
    this.canvas.addEventListener('pointerleave', () => (this.tip.hidden = true));
    this.canvas.addEventListener('click', (e) => {
      const k = this.at(e);
      if (k >= 0) {
        this.choose(k);
      }
    });
    this.canvas.addEventListener('keydown', (e) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.perRow, ArrowDown: this.perRow }[e.key];
      if (step !== undefined && this.list.length > 0) {
        e.preventDefault();
        this.choose(Math.max(0, Math.min(this.list.length - 1, this.chosen + step)));
      }
    });
  }

  words(i) {
    const { burn } = this;
    const about = `${burn.workload[i]}, ${burn.nodes[i]} nodes, ${numberText(burn.cellEvents[i])} events, ${burn.coverage[i]} situations, ${numberText(burn.states[i])} abstract states`;
    return [element('b', '', `seed ${burn.seed[i]} · ${burn.verdict[i]}`), ...(burn.failure[i] ? [element('em', '', burn.failure[i])] : []), element('em', '', about)];
  }
}

function coverageColour(share) {
  return isDark() ? `hsl(${172 - 22 * share} ${26 + 32 * share}% ${16 + 42 * share}%)` : `hsl(${146 + 30 * share} ${32 + 24 * share}% ${90 - 62 * share}%)`;
}

function troubleColour(verdict) {
  return { safety: isDark() ? '#ff4d57' : '#d3202c', halt: isDark() ? '#ffd166' : '#f0a800', liveness: isDark() ? '#c792ff' : '#7b3fc4' }[verdict] || '#888';
}

/** Trouble is told not by colour alone. */
function cross(c, x, y, size) {
  c.strokeStyle = '#fff';
  c.lineWidth = 1.6;
  c.beginPath();
  c.moveTo(x - size, y - size);
  c.lineTo(x + size, y + size);
  c.moveTo(x + size, y - size);
  c.lineTo(x - size, y + size);
  c.stroke();
}

function sizedCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = width + 'px';
  canvas.style.height = height + 'px';
  const c = canvas.getContext('2d');
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, width, height);
  return c;
}

function showTip(tip, e, ...children) {
  tip.replaceChildren(...children);
  tip.style.left = Math.max(4, Math.min(e.clientX + 14, window.innerWidth - 300)) + 'px';
  tip.style.top = (e.clientY > window.innerHeight - 160 ? e.clientY - 110 : e.clientY + 16) + 'px';
}
