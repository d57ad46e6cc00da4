using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Writes who sees a post the way the platform keeps it, so that one rule guards posts, files, search and live updates. An account's followers
/// are the set with the account's number, a group the set with the group's; mentioned people make a set with the post's.
/// </summary>
internal static class Audiences
{
    /// <summary>No member at all; the house itself still sees it.</summary>
    public static Audience Nobody { get; } = new(-1);

    /// <summary>The principal of those who follow an account.</summary>
    public static string FollowersOf(Id<Account> account, Id<Member>? member) => member is { } m ? Principal.FollowersOf(m) : $"followers:account-{account}";

    /// <summary>Makes the set of an account's followers, once.</summary>
    public static Task OpenFollowersAsync(SocialDb db, Account account, CancellationToken ct) =>
        GrantAsync(db, new(account.Id.Value), [FollowersOf(account.Id, account.MemberId), .. Self(account.MemberId)], ct);

    /// <summary>The audience of a new post.</summary>
    /// <param name="named">Members mentioned in it.</param>
    public static async Task<Audience> OfAsync(
        SocialDb db, Id<Status> id, Account author, Visibility visibility, Id<Group>? group, IReadOnlyCollection<Id<Member>> named, CancellationToken ct)
    {
        switch (visibility)
        {
            case Visibility.Public or Visibility.Unlisted:
                return Audience.Public;
            case Visibility.Members:
                return Audience.Members;
            case Visibility.Group:
                var set = new Audience(group!.Value.Value);
                await GrantAsync(db, set, [Principal.Of(group.Value)], ct);
                return set;
            case Visibility.Followers when named.Count == 0:
                return new(author.Id.Value);
            default:
                var own = new Audience(id.Value);
                var followers = visibility == Visibility.Followers ? [FollowersOf(author.Id, author.MemberId)] : Array.Empty<string>();
                await GrantAsync(db, own, [.. followers, .. Self(author.MemberId), .. named.Select(Principal.Of)], ct);
                return own;
        }
    }

    public static async Task GrantAsync(SocialDb db, Audience audience, IReadOnlyCollection<string> principals, CancellationToken ct)
    {
        // A post of another server may be for nobody here.
        if (principals.Count == 0) return;
        var rows = string.Join(", ", principals.Select((_, i) => $"({{0}}, {{{i + 1}}})"));
        var sql = $"INSERT INTO kernel_audience_grant (audience, principal) VALUES {rows} ON CONFLICT DO NOTHING";
        await db.Database.ExecuteSqlRawAsync(sql, [audience.Ref, .. principals], ct);
    }

    /// <summary>A member follows an account from now on.</summary>
    public static Task JoinFollowersAsync(SocialDb db, Id<Member> follower, Account target, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        "INSERT INTO kernel_principal_member (member_id, principal) VALUES ({0}, {1}) ON CONFLICT DO NOTHING", [follower.Value, FollowersOf(target.Id, target.MemberId)], ct);

    public static Task LeaveFollowersAsync(SocialDb db, Id<Member> follower, Account target, CancellationToken ct)
    {
        var principal = FollowersOf(target.Id, target.MemberId);
        return db.PrincipalMembers.Where(p => p.MemberId == follower && p.Principal == principal).ExecuteDeleteAsync(ct);
    }

    private static string[] Self(Id<Member>? member) => member is { } m ? [Principal.Of(m)] : [];
}
