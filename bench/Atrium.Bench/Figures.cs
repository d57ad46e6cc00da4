using System.Globalization;

namespace Atrium.Bench;

/// <summary>What a run came to.</summary>
/// <param name="Latencies">Sorted, in milliseconds.</param>
/// <param name="Elapsed">How long the run was.</param>
/// <param name="Processor">Processor time of the whole process in it, the driver's share included.</param>
internal sealed record Figures(double[] Latencies, TimeSpan Elapsed, TimeSpan Processor)
{
    public double PerSecond => Latencies.Length / Elapsed.TotalSeconds;

    public double ProcessorEach => Processor.TotalMilliseconds / Math.Max(1, Latencies.Length);

    public double At(double share) => Latencies.Length == 0 ? double.NaN : Latencies[Math.Min(Latencies.Length - 1, (int)(share * Latencies.Length))];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {At(0.5),7:0.00} ms  p95 {At(0.95),7:0.00} ms  p99 {At(0.99),7:0.00} ms  {PerSecond,8:0}/s  cpu {ProcessorEach:0.00} ms each");

    /// <summary>Prints ours, the floor's, and how they stand to each other.</summary>
    public static void Compare(string name, Figures ours, Figures floor, string note)
    {
        Console.WriteLine($"{name,-16} ours   {ours}  {note}");
        Console.WriteLine($"{"",-16} floor  {floor}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-16} ratio  p50 {ours.At(0.5) / floor.At(0.5):0.0} x  throughput {ours.PerSecond / floor.PerSecond:0.00} x"));
    }
}
