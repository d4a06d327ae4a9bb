"""render.py SCORE WAV: plays a score ("C4 0.25" a line) with a plain decaying tone, 16-bit mono at 16,000 samples a second."""
import array
import math
import sys
import wave

RATE = 16000
SEMITONES = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}


def frequency(note):
    return 440.0 * 2 ** (SEMITONES[note[0]] / 12 + int(note[1:]) - 4)


def main(score, target):
    samples = array.array("h")
    for line in open(score, encoding="utf-8"):
        if line.strip() == "" or line.startswith("#"):
            continue
        note, seconds = line.split()
        step = 2 * math.pi * frequency(note) / RATE
        for index in range(int(float(seconds) * RATE)):
            samples.append(int(12000 * math.exp(-3 * index / RATE) * math.sin(step * index)))
    with wave.open(target, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    print(f"{target}: {len(samples) / RATE:.2f} s")


main(*sys.argv[1:])
