"""resample.py SOURCE TARGET RATE: averages neighbouring samples of a 16-bit mono WAV down to RATE samples a second."""
import array
import sys
import wave


def main(source, target, rate):
    rate = int(rate)
    with wave.open(source, "rb") as original:
        old_rate = original.getframerate()
        samples = array.array("h", original.readframes(original.getnframes()))
    if old_rate % rate != 0:
        sys.exit(f"resample.py: {old_rate} is no multiple of {rate}")
    width = old_rate // rate
    kept = array.array("h", (sum(samples[i : i + width]) // width for i in range(0, len(samples) - width + 1, width)))
    with wave.open(target, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(kept.tobytes())
    print(f"{target}: {len(kept)} samples")


main(*sys.argv[1:])
