using NetVips;

namespace Atrium.Social;

/// <summary>Draws the demo's pictures: rounds and bars in a few colours, always the same.</summary>
internal static class DemoPainter
{
    private const int Width = 960;
    private const int Height = 640;

    public static byte[] Paint(string kind)
    {
        var random = new Xorshift((uint)kind.Sum(c => c * 31));
        using var ground = Ground(kind);
        using var painted = ground.Mutate(canvas =>
        {
            switch (kind)
            {
                case "apples": Rounds(canvas, random, 56, [[169, 52, 41], [196, 84, 52], [127, 148, 64], [181, 62, 47]], shine: true); break;
                case "loaves": Rounds(canvas, random, 104, [[158, 103, 54], [176, 121, 68], [139, 88, 45]], shine: true); break;
                case "comb": Rounds(canvas, random, 40, [[214, 154, 53], [232, 178, 84], [184, 118, 32]], shine: true); break;
                case "soup":
                    canvas.DrawCircle([62, 66, 64], Width / 2, Height / 2, 290, fill: true);
                    canvas.DrawCircle([217, 138, 47], Width / 2, Height / 2, 250, fill: true);
                    for (var i = 0; i < 40; i++) canvas.DrawCircle([85, 110, 52], (Width / 2) + random.Next(320) - 160, (Height / 2) + random.Next(320) - 160, 5 + random.Next(9), fill: true);
                    break;
                case "roof":
                    canvas.DrawRect([58, 48, 54], 0, 430, Width, 210, fill: true);
                    for (var i = 0; i < 3; i++)
                    {
                        canvas.DrawRect([214, 178, 92], 180 + (i * 220), 330, 130, 100, fill: true);
                        canvas.DrawRect([120, 92, 48], 170 + (i * 220), 318, 150, 16, fill: true);
                        canvas.DrawRect([70, 52, 30], 225 + (i * 220), 404, 40, 10, fill: true);
                    }

                    break;
                default:
                    for (var i = 0; i < 8; i++) canvas.DrawRect(i % 2 == 0 ? [169, 52, 41] : [240, 232, 216], 200 + (i * 70), 180, 70, 110, fill: true);
                    canvas.DrawRect([40, 72, 60], 220, 290, 18, 260, fill: true);
                    canvas.DrawRect([40, 72, 60], 722, 290, 18, 260, fill: true);
                    canvas.DrawRect([40, 72, 60], 200, 420, 560, 130, fill: true);
                    for (var i = 0; i < 90; i++) canvas.DrawCircle([250, 250, 246], random.Next(Width), random.Next(Height), 2 + random.Next(5), fill: true);
                    break;
            }
        });
        return painted.PngsaveBuffer();
    }

    private static Image Ground(string kind)
    {
        using var grey = Image.Black(Width, Height, bands: 3);
        double[] colour = kind switch { "apples" => [92, 66, 42], "loaves" => [66, 48, 36], "comb" => [120, 74, 18], "soup" => [205, 196, 178], "roof" => [222, 150, 110], _ => [206, 218, 208] };
        using var tinted = grey + colour;
        return tinted.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static void Rounds(MutableImage canvas, Xorshift random, int radius, double[][] colours, bool shine)
    {
        for (var y = radius; y < Height + radius; y += (int)(radius * 1.8))
            for (var x = radius + (y / radius % 2 * radius / 2); x < Width + radius; x += radius * 2)
            {
                var colour = colours[random.Next(colours.Length)];
                var (cx, cy) = (x + random.Next(radius / 4), y + random.Next(radius / 4));
                canvas.DrawCircle([.. colour.Select(c => c * 0.7)], cx, cy + 4, radius, fill: true);
                canvas.DrawCircle(colour, cx, cy, radius - 3, fill: true);
                if (shine) canvas.DrawCircle([.. colour.Select(c => Math.Min(255, c * 1.25))], cx - (radius / 3), cy - (radius / 3), radius / 4, fill: true);
            }
    }

    // A row of numbers that is the same on every machine.
    private sealed class Xorshift(uint seed)
    {
        private uint _state = seed | 1;

        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)below);
        }
    }
}
