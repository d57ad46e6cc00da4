namespace Atrium.Web;

/// <summary>One value of a chart.</summary>
/// <param name="Text">How the value is written; the plain number unless said.</param>
public sealed record Datum(string Label, double Value, string? Text = null);

/// <summary>One row of a stacked chart: as many values as the chart has series.</summary>
public sealed record Stack(string Label, IReadOnlyList<double> Values);

/// <summary>One line of a line chart: as many values as the chart has labels.</summary>
public sealed record Series(string Name, IReadOnlyList<double> Values);
