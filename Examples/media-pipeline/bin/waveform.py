"""waveform.py WAV SVG: draws the loudness of a recording as bars."""
import array
import sys
import wave

BARS = 120


def main(source, target):
    with wave.open(source, "rb") as recording:
        samples = array.array("h", recording.readframes(recording.getnframes()))
    width = max(1, len(samples) // BARS)
    peaks = [max(abs(sample) for sample in samples[i : i + width]) for i in range(0, len(samples) - width + 1, width)]
    loudest = max(peaks) or 1
    with open(target, "w", encoding="utf-8") as out:
        out.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(peaks) * 4}" height="100" fill="steelblue">\n')
        for index, peak in enumerate(peaks):
            height = max(1, round(100 * peak / loudest))
            out.write(f'<rect x="{index * 4}" y="{50 - height / 2}" width="3" height="{height}"/>\n')
        out.write("</svg>\n")


main(*sys.argv[1:])
