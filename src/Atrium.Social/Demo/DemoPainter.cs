using NetVips;

namespace Atrium.Social;

/// <summary>Draws the demo's pictures, always the same: rounds and bars in a few colours here, views and patterns in <see cref="DemoScenes"/>.</summary>
internal static class DemoPainter
{
    public const int Width = 960;
    public const int Height = 640;

    // As large as a timeline shows them: twice as large costs four times as much while the demo moves in.
    private const double Scale = 0.6;

    public static byte[] Paint(string kind)
    {
        var random = new Xorshift((uint)kind.Sum(c => c * 31));
        using var ground = Ground(kind);
        using var painted = ground.Mutate(canvas =>
        {
            var brush = new Brush(canvas, Scale);
            switch (kind)
            {
                case "apples": Rounds(brush, random, 56, [[169, 52, 41], [196, 84, 52], [127, 148, 64], [181, 62, 47]], shine: true); break;
                case "loaves": Rounds(brush, random, 104, [[158, 103, 54], [176, 121, 68], [139, 88, 45]], shine: true); break;
                case "comb": Rounds(brush, random, 40, [[214, 154, 53], [232, 178, 84], [184, 118, 32]], shine: true); break;
                case "soup":
                    brush.Circle([62, 66, 64], Width / 2, Height / 2, 290);
                    brush.Circle([217, 138, 47], Width / 2, Height / 2, 250);
                    for (var i = 0; i < 40; i++) brush.Circle([85, 110, 52], (Width / 2) + random.Next(320) - 160, (Height / 2) + random.Next(320) - 160, 5 + random.Next(9));
                    break;
                case "roof":
                    brush.Rect([58, 48, 54], 0, 430, Width, 210);
                    for (var i = 0; i < 3; i++)
                    {
                        brush.Rect([214, 178, 92], 180 + (i * 220), 330, 130, 100);
                        brush.Rect([120, 92, 48], 170 + (i * 220), 318, 150, 16);
                        brush.Rect([70, 52, 30], 225 + (i * 220), 404, 40, 10);
                    }

                    break;
                case "poster":
                    for (var i = 0; i < 8; i++) brush.Rect(i % 2 == 0 ? [169, 52, 41] : [240, 232, 216], 200 + (i * 70), 180, 70, 110);
                    brush.Rect([40, 72, 60], 220, 290, 18, 260);
                    brush.Rect([40, 72, 60], 722, 290, 18, 260);
                    brush.Rect([40, 72, 60], 200, 420, 560, 130);
                    for (var i = 0; i < 90; i++) brush.Circle([250, 250, 246], random.Next(Width), random.Next(Height), 2 + random.Next(5));
                    break;
                default: DemoScenes.Draw(brush, kind, random); break;
            }
        });
        return painted.PngsaveBuffer();
    }

    private static Image Ground(string kind)
    {
        using var grey = Image.Black((int)(Width * Scale), (int)(Height * Scale), bands: 3);
        double[] colour = kind switch { "apples" => [92, 66, 42], "loaves" => [66, 48, 36], "comb" => [120, 74, 18], "soup" => [205, 196, 178], "roof" => [222, 150, 110], "poster" => [206, 218, 208], _ => DemoScenes.GroundOf(kind) };
        using var tinted = grey + colour;
        return tinted.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static void Rounds(Brush brush, Xorshift random, int radius, double[][] colours, bool shine)
    {
        for (var y = radius; y < Height + radius; y += (int)(radius * 1.8))
            for (var x = radius + (y / radius % 2 * radius / 2); x < Width + radius; x += radius * 2)
            {
                var colour = colours[random.Next(colours.Length)];
                var (cx, cy) = (x + random.Next(radius / 4), y + random.Next(radius / 4));
                brush.Circle([.. colour.Select(c => c * 0.7)], cx, cy + 4, radius);
                brush.Circle(colour, cx, cy, radius - 3);
                if (shine) brush.Circle([.. colour.Select(c => Math.Min(255, c * 1.25))], cx - (radius / 3), cy - (radius / 3), radius / 4);
            }
    }
}
