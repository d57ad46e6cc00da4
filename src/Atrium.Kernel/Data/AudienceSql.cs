namespace Atrium.Kernel.Data;

/// <summary>The rule of <see cref="AudienceSets"/> for hand-written SQL.</summary>
public static class AudienceSql
{
    /// <summary>
    /// A condition on <paramref name="column"/>, and the parameters it adds to <paramref name="parameters"/> (numbered from their count).
    /// </summary>
    public static string VisibleTo(Actor actor, string column, List<object> parameters)
    {
        if (actor.IsSystem) return "TRUE";
        if (actor.MemberId is not { } me) return $"{column} = 0";
        var house = actor.Role > Role.Guest ? 1 : 0;
        var first = parameters.Count;
        parameters.Add(me.Value);
        parameters.Add(Principal.Of(me));
        return $$"""
            ({{column}} IN (0, {{house}}, {{{first}}}) OR EXISTS (
                SELECT 1 FROM kernel_audience_grant g WHERE g.audience = {{column}} AND (g.principal = {{{first + 1}}} OR EXISTS (
                    SELECT 1 FROM kernel_principal_member p WHERE p.principal = g.principal AND p.member_id = {{{first}}}))))
            """;
    }
}
