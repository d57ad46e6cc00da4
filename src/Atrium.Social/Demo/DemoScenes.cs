namespace Atrium.Social;

/// <summary>Views and patterns of the demo: skies in bands, hills that are rounds, rows and shelves.</summary>
internal static class DemoScenes
{
    private const int Width = DemoPainter.Width;
    private const int Height = DemoPainter.Height;
    private const int Bands = 32;

    public static void Draw(Brush brush, string kind, Xorshift random)
    {
        switch (kind)
        {
            case "hills":
                Sky(brush, [122, 160, 196], [246, 222, 190], Height);
                brush.Circle([255, 240, 206], 700, 190, 54);
                Hills(brush, random, 330, [168, 190, 178]);
                Hills(brush, random, 410, [120, 156, 132]);
                Hills(brush, random, 500, [76, 118, 88]);
                break;
            case "canal":
                Sky(brush, [236, 188, 152], [250, 226, 190], 360);
                brush.Circle([252, 246, 222], 480, 330, 60);
                Hills(brush, random, 330, [92, 112, 96]);
                brush.Rect([112, 140, 152], 0, 360, Width, Height - 360);
                for (var i = 0; i < 46; i++) brush.Rect(i % 3 == 0 ? [238, 206, 172] : [138, 166, 176], 300 + random.Next(360) - (i * 5), 366 + (i * 6), 60 + random.Next(160), 3);
                break;
            case "night":
                Sky(brush, [22, 28, 52], [64, 72, 108], Height);
                for (var i = 0; i < 110; i++) brush.Circle([228, 226, 206], random.Next(Width), random.Next(400), 1 + random.Next(2));
                brush.Circle([244, 238, 210], 210, 150, 58);
                brush.Circle([28, 34, 60], 236, 138, 52);
                Hills(brush, random, 500, [24, 34, 40]);
                for (var i = 0; i < 5; i++)
                {
                    brush.Rect([38, 36, 44], 120 + (i * 160), 430 + (i % 2 * 24), 110, 210);
                    for (var window = 0; window < 6; window++)
                        if (random.Next(3) > 0) brush.Rect([250, 208, 118], 138 + (i * 160) + (window % 2 * 44), 456 + (i % 2 * 24) + (window / 2 * 48), 26, 30);
                }

                break;
            case "rows":
                Sky(brush, [164, 196, 214], [232, 236, 220], 260);
                brush.Rect([118, 92, 62], 0, 260, Width, Height - 260);
                for (var i = -16; i <= 16; i++)
                    for (var thick = 0; thick < 16; thick++) brush.Line(i % 2 == 0 ? [104, 142, 66] : [134, 166, 82], (Width / 2) + (i * 14), 260, (Width / 2) + (i * 110) + (thick * 2), Height);
                break;
            case "road":
                Sky(brush, [140, 178, 204], [240, 230, 206], 380);
                Hills(brush, random, 360, [132, 160, 110]);
                brush.Rect([150, 172, 104], 0, 420, Width, Height - 420);
                brush.Rect([88, 88, 92], 0, 500, Width, 84);
                for (var x = 20; x < Width; x += 120) brush.Rect([236, 230, 210], x, 538, 60, 6);
                brush.Rect([184, 74, 54], 380, 400, 220, 110);
                brush.Rect([206, 226, 232], 520, 416, 62, 42);
                foreach (var x in (int[])[426, 552]) brush.Circle([44, 42, 44], x, 510, 27);
                break;
            case "lights":
                Sky(brush, [34, 30, 56], [98, 66, 82], Height);
                for (var line = 0; line < 3; line++)
                    for (var x = 20; x < Width; x += 44)
                    {
                        var y = 110 + (line * 130) + ((x - (Width / 2)) * (x - (Width / 2)) / -2600) + 90;
                        brush.Circle([128, 92, 74], x, y, 15);
                        brush.Circle((x / 44 % 3) switch { 0 => [255, 222, 150], 1 => [250, 178, 120], _ => [246, 240, 214] }, x, y, 9);
                    }

                break;
            case "quilt": Tiles(brush, random, 80, [[47, 93, 80], [196, 146, 52], [169, 75, 52], [222, 210, 186], [62, 88, 132]]); break;
            case "tiles": Tiles(brush, random, 64, [[198, 214, 214], [90, 138, 148], [240, 236, 222], [52, 92, 108]]); break;
            case "jars":
                for (var shelf = 0; shelf < 3; shelf++)
                {
                    var foot = 190 + (shelf * 200);
                    brush.Rect([104, 74, 50], 0, foot, Width, 18);
                    for (var x = 30; x < Width - 80; x += 96)
                    {
                        var tall = 90 + random.Next(50);
                        brush.Rect(random.Next(5) switch { 0 => [186, 66, 44], 1 => [214, 154, 53], 2 => [146, 88, 48], 3 => [112, 128, 62], _ => [222, 196, 140] }, x, foot - tall, 72, tall);
                        brush.Rect([232, 226, 212], x + 10, foot - (tall * 2 / 3), 52, 34);
                        brush.Rect([70, 64, 60], x - 3, foot - tall - 14, 78, 16);
                    }
                }

                break;
            case "wheel":
                for (var spoke = 0; spoke < 36; spoke++)
                {
                    var angle = spoke * Math.PI / 18;
                    brush.Line([188, 190, 190], 480, 320, 480 + (int)(250 * Math.Cos(angle)), 320 + (int)(250 * Math.Sin(angle)));
                }

                for (var radius = 250; radius < 276; radius++) brush.Circle(radius < 258 ? [206, 208, 206] : [46, 44, 46], 480, 320, radius, outline: true);
                brush.Circle([156, 158, 158], 480, 320, 30);
                break;
            case "table":
                brush.Rect([176, 124, 78], 60, 120, Width - 120, 400);
                for (var y = 180; y < 520; y += 66) brush.Rect([156, 106, 64], 60, y, Width - 120, 3);
                for (var i = 0; i < 6; i++)
                {
                    var (x, y) = (190 + (i % 3 * 290), i < 3 ? 220 : 420);
                    brush.Circle([244, 240, 230], x, y, 70);
                    brush.Circle([228, 222, 208], x, y, 50);
                    brush.Circle(random.Next(3) switch { 0 => [217, 138, 47], 1 => [127, 148, 64], _ => [158, 103, 54] }, x, y, 40);
                }

                break;
            default:
                for (var y = 50; y < Height; y += 90)
                    for (var x = 60; x < Width; x += 105)
                    {
                        double[] colour = random.Next(5) switch { 0 => [96, 52, 60], 1 => [222, 206, 170], 2 => [58, 52, 48], 3 => [170, 120, 70], _ => [140, 60, 52] };
                        for (var seed = 0; seed < 9; seed++) brush.Circle(colour, x + (seed % 3 * 20) + random.Next(8), y + (seed / 3 * 20) + random.Next(8), 7);
                    }

                break;
        }
    }

    /// <summary>What lies beneath.</summary>
    public static double[] GroundOf(string kind) => kind switch { "jars" => [222, 212, 194], "wheel" => [214, 204, 186], "table" => [86, 106, 92], "seeds" => [236, 228, 210], _ => [200, 200, 200] };

    private static void Sky(Brush brush, double[] above, double[] below, int height)
    {
        for (var i = 0; i < Bands; i++)
            brush.Rect([.. above.Zip(below, (a, b) => a + ((b - a) * i / (Bands - 1)))], 0, height * i / Bands, Width, (height / Bands) + 1);
    }

    private static void Hills(Brush brush, Xorshift random, int top, double[] colour)
    {
        for (var x = -100; x < Width + 200; x += 170)
        {
            var radius = 180 + random.Next(120);
            brush.Circle(colour, x + random.Next(80), top + radius, radius);
        }

        brush.Rect(colour, 0, top + 130, Width, Math.Max(1, Height - top - 130));
    }

    private static void Tiles(Brush brush, Xorshift random, int side, double[][] colours)
    {
        for (var y = 0; y < Height; y += side)
            for (var x = 0; x < Width; x += side)
            {
                brush.Rect(colours[random.Next(colours.Length)], x, y, side - 2, side - 2);
                var inner = colours[random.Next(colours.Length)];
                if ((x + y) / side % 2 == 0) brush.Circle(inner, x + (side / 2), y + (side / 2), side / 3);
                else brush.Rect(inner, x + (side / 4), y + (side / 4), side / 2, side / 2);
            }
    }
}
