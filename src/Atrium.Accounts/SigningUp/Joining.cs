using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;

namespace Atrium.Accounts.SigningUp;

/// <summary>What follows when an account becomes active, whichever way it came.</summary>
internal static class Joining
{
    /// <summary>Tells the house. Save afterwards.</summary>
    public static void Welcome(Account account, AccountsDb db, Actor? by = null)
    {
        var thing = Thing.Of("member", account.Id);
        db.Publish(new MemberJoined(account.Id, account.Handle, SignedUp: by is not { IsSystem: true }), account.Id.ToString());
        db.Publish(new WebhookEvent("member.joined", thing, Audience.Members, db.Now, System.Text.Json.JsonSerializer.Serialize(new { id = account.Id, handle = account.Handle, name = account.Name }, Kernel.Http.ApiJson.Options)));
        db.Record(by ?? new Actor { Kind = ActorKind.Member, MemberId = account.Id }, "member.joined", thing);
        Standings.Changed(db);
    }
}
