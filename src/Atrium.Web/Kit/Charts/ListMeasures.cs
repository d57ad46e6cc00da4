namespace Atrium.Web;

internal static class ListMeasures
{
    /// <summary>Where the largest value stands first.</summary>
    public static int IndexOfMax(this IReadOnlyList<double> values)
    {
        var most = 0;
        for (var i = 1; i < values.Count; i++)
            if (values[i] > values[most])
                most = i;
        return most;
    }
}
