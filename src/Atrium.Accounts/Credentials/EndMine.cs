using Atrium.Accounts.Data;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Credentials;

/// <summary>Ends one way in of the caller's own: a session, a token, an app password.</summary>
internal static class EndMine
{
    /// <param name="one">It, if it is the caller's; what is another's is not there.</param>
    /// <param name="act">What the audit log calls it.</param>
    /// <param name="changed">Tells all nodes to forget what they remember of it, once it is committed.</param>
    public static async Task<NoContent> HandleAsync<T>(IQueryable<T> one, string act, Action<AccountsDb, IReadOnlyCollection<Id<Member>>> changed, Actor actor, AccountsDb db, CancellationToken ct) where T : class
    {
        var me = actor.Demand();
        await db.WriteAsync(
            async token =>
            {
                if (await one.ExecuteDeleteAsync(token) == 0) throw Refusal.NotFound();
                db.Record(actor, act, Thing.Of("member", me));
                changed(db, [me]);
            },
            ct);
        return TypedResults.NoContent();
    }
}
