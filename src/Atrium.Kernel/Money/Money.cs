using System.Globalization;

namespace Atrium.Kernel;

/// <summary>An amount of money in minor units. In JSON: <c>{"minor":1250,"currency":"EUR"}</c>.</summary>
/// <param name="Minor">The amount in the currency's minor unit (cents for EUR, yen for JPY).</param>
/// <param name="Currency">ISO 4217 code, upper case.</param>
public readonly record struct Money(long Minor, string Currency)
{
    public bool IsZero => Minor == 0;

    public Money Plus(Money other) => this with { Minor = checked(Minor + Same(other).Minor) };

    public Money Minus(Money other) => this with { Minor = checked(Minor - Same(other).Minor) };

    public Money Times(long count) => this with { Minor = checked(Minor * count) };

    /// <summary>The share <paramref name="rate"/> of this amount, rounded once, half away from zero, as invoices are.</summary>
    public Money Share(decimal rate) => this with { Minor = (long)Math.Round(Minor * rate, MidpointRounding.AwayFromZero) };

    /// <summary>How many decimal places the minor unit has (ISO 4217): 2 unless the currency says otherwise.</summary>
    public int Decimals => Currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    public override string ToString() =>
        $"{(Minor / (decimal)Math.Pow(10, Decimals)).ToString($"F{Decimals}", CultureInfo.InvariantCulture)} {Currency}";

    private Money Same(Money other) => other.Currency == Currency
        ? other
        : throw new InvalidOperationException($"{Currency} and {other.Currency} cannot be reckoned together.");
}
