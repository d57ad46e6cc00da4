using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Accounts: showing them, and what one does to them.</summary>
internal static class AccountRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/accounts/verify_credentials", "verifyAccountCredentials", "Shows your own account", "read:accounts", async (Wire wire, AccountReader reader, CancellationToken ct) =>
            Wire.Json(await reader.MineAsync(wire.Viewer, ct))).WithMetadata(new NeedsScope("read:accounts", Or: "profile"));
        api.Open("GET", "v1/accounts", "getAccounts", "Shows several accounts by id", "read:accounts", async (Wire wire, AccountReader reader, CancellationToken ct) =>
            Wire.Json(await reader.ByIdAsync([.. wire.SentIds<Account>("id").Take(40)], ct)));
        api.OfAccount("", "getAccount", "Shows an account", "read:accounts", (row, _, services, _) => Task.FromResult(Wire.Json(services.Get<EntityWriter>().Account(row))));
        api.Mine("GET", "v1/accounts/relationships", "getRelationships", "Shows what stands between you and others", "read:follows", async (Wire wire, AccountReader reader, CancellationToken ct) =>
            Wire.Json(await reader.RelationshipsAsync([.. wire.SentIds<Account>("id").Take(100)], wire.Viewer, ct)));
        api.OfAccount("/statuses", "getAccountStatuses", "Shows an account's posts", "read:statuses", StatusesAsync);
        api.OfAccount("/followers", "getAccountFollowers", "Lists who follows an account", "read:accounts", FollowersAsync);
        api.OfAccount("/following", "getAccountFollowing", "Lists whom an account follows", "read:accounts", FollowingAsync);
        api.OfAccount("/identity_proofs", "getIdentityProofs", "Lists nothing: they are no more", "read:accounts", (_, _, _, _) => Task.FromResult(Wire.Json(Array.Empty<string>())));

        Act(api, "follow", "followAccount", "Follows an account, or asks to", "write:follows", (services, id, wire, ct) => services.Get<FollowAccount>().HandleAsync(id, Wish(wire.Sent), wire.Viewer, ct));
        Act(api, "unfollow", "unfollowAccount", "Follows an account no longer", "write:follows", (services, id, wire, ct) => services.Get<FollowAccount>().UnfollowAsync(id, wire.Viewer, ct));
        Act(api, "remove_from_followers", "removeFollower", "Lets an account follow you no longer", "write:follows", (services, id, wire, ct) => services.Get<FollowAccount>().RemoveFollowerAsync(id, wire.Viewer, ct));
        Act(api, "block", "blockAccount", "Blocks an account", "write:blocks", (services, id, wire, ct) => services.Get<BlockAccount>().HandleAsync(id, wire.Viewer, ct));
        Act(api, "unblock", "unblockAccount", "Blocks an account no longer", "write:blocks", (services, id, wire, ct) => services.Get<BlockAccount>().UnblockAsync(id, wire.Viewer, ct));
        Act(api, "mute", "muteAccount", "Mutes an account", "write:mutes", (services, id, wire, ct) =>
            services.Get<MuteAccount>().HandleAsync(id, wire.Sent.Switch("notifications") ?? true, (int?)wire.Sent.Number("duration"), wire.Viewer, ct));
        Act(api, "unmute", "unmuteAccount", "Mutes an account no longer", "write:mutes", (services, id, wire, ct) => services.Get<MuteAccount>().UnmuteAsync(id, wire.Viewer, ct));

        api.Mine("GET", "v1/follow_requests", "getFollowRequests", "Lists who asks to follow you", "read:follows", RequestsAsync);
        Answer(api, "authorize", "authorizeFollow", "Lets somebody follow you", (follows, id, viewer, ct) => follows.AuthorizeAsync(id, viewer, ct));
        Answer(api, "reject", "rejectFollow", "Does not let somebody follow you", (follows, id, viewer, ct) => follows.RejectAsync(id, viewer, ct));
    }

    /// <summary>A route that shows something of one account: here it is found, or not.</summary>
    /// <param name="what">Below the account's own address.</param>
    /// <param name="signedIn">Only for members, and apps of theirs.</param>
    public static void OfAccount(this RouteGroupBuilder api, string what, string name, string summary, string scope, Func<AccountRow, Wire, Scoped, CancellationToken, Task<IResult>> answer, bool signedIn = false)
    {
        var route = api.Mine("GET", "v1/accounts/{id}" + what, name, summary, scope, async Task<IResult> (string id, Wire wire, AccountReader reader, IServiceProvider services, CancellationToken ct) =>
            await answer(await reader.OneAsync(Wire.Id<Account>(id), ct), wire, new(services), ct));
        if (!signedIn) route.AllowAnonymous();
    }

    private static async Task<IResult> StatusesAsync(AccountRow row, Wire wire, Scoped services, CancellationToken ct)
    {
        var sent = wire.Sent;
        var wish = new AccountStatusesWish(
            sent.Switch("only_media") ?? false, sent.Switch("exclude_replies") ?? false, sent.Switch("exclude_reblogs") ?? false, sent.Switch("pinned") ?? false, sent.Text("tagged"));
        var page = await services.Get<Timelines>().AccountAsync(row.Account.Id, wish, wire.Paging(), wire.Viewer, ct);
        return wire.Page(page, await services.Get<StatusReader>().ReadAsync(page.Rows, wire.Viewer, "account", ct));
    }

    private static Task<IResult> FollowersAsync(AccountRow row, Wire wire, Scoped services, CancellationToken ct) => PeopleAsync(row.Account, wire, services, followers: true, f => f.AccountId, ct);

    private static Task<IResult> FollowingAsync(AccountRow row, Wire wire, Scoped services, CancellationToken ct) => PeopleAsync(row.Account, wire, services, followers: false, f => f.TargetId, ct);

    private static async Task<IResult> PeopleAsync(Account account, Wire wire, Scoped services, bool followers, Func<Follow, Id<Account>> who, CancellationToken ct)
    {
        if (await ShownFollows.OfAsync(services.Get<SocialDb>(), account, followers, wire.Viewer, ct) is not { } rows) return Wire.Json(Array.Empty<AccountEntity>());
        var page = await wire.Paging(40, 80).CutAsync(rows, f => f.Id, ct);
        return wire.Page(page, await services.Get<AccountReader>().ByIdAsync([.. page.Rows.Select(who)], ct));
    }

    private static async Task<IResult> RequestsAsync(Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var me = wire.Me;
        var page = await wire.Paging(40, 80).CutAsync(db.Follows.Where(f => f.TargetId == me && f.State == FollowState.Requested), f => f.Id, ct);
        return wire.Page(page, await accounts.ByIdAsync([.. page.Rows.Select(f => f.AccountId)], ct));
    }

    private static FollowWish Wish(LooseParameters sent) => new(
        sent.Switch("reblogs"), sent.Switch("notify"), sent.Has("languages") ? [.. sent.List("languages").Select(Languages.Short).OfType<string>()] : null);

    private static void Act(RouteGroupBuilder api, string verb, string name, string summary, string scope, Func<Scoped, Id<Account>, Wire, CancellationToken, Task> act) =>
        api.Mine("POST", "v1/accounts/{id}/" + verb, name, summary, scope, async Task<IResult> (string id, Wire wire, AccountReader reader, IServiceProvider services, CancellationToken ct) =>
        {
            var account = Wire.Id<Account>(id);
            await act(new(services), account, wire, ct);
            return Wire.Json(await reader.RelationshipAsync(account, wire.Viewer, ct));
        });

    private static void Answer(RouteGroupBuilder api, string verb, string name, string summary, Func<FollowAccount, Id<Account>, Viewer, CancellationToken, Task> answer) =>
        api.Mine("POST", "v1/follow_requests/{id}/" + verb, name, summary, "write:follows", async Task<IResult> (string id, Wire wire, FollowAccount follows, AccountReader reader, CancellationToken ct) =>
        {
            var account = Wire.Id<Account>(id);
            await answer(follows, account, wire.Viewer, ct);
            return Wire.Json(await reader.RelationshipAsync(account, wire.Viewer, ct));
        });
}

/// <summary>Use cases of the running request.</summary>
internal readonly record struct Scoped(IServiceProvider Services)
{
    public T Get<T>() where T : notnull => (T)(Services.GetService(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered."));
}
