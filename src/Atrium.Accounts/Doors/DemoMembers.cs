using Atrium.Accounts.Data;
using Atrium.Accounts.Groups;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>The people of the demo: the food co-op Lindenau. Everybody's password is on the sign in front of the house.</summary>
internal sealed class DemoMembers(AccountsDb db, KernelDb kernel, MemberRegistry registry, PasswordBook passwords, HouseSettings settings) : IDemoData
{
    public const string Password = "atrium-demo";

    private static readonly (string Handle, string Name, Role Role, string Bio)[] People =
    [
        ("ada", "Ada Brandt", Role.Administrator, "Keeps the books and the keys. Founded the co-op with three others and a borrowed van.\n\nAsk me about **memberships** and the market licence."),
        ("ben", "Ben Okafor", Role.Moderator, "Bakes on Thursdays. Sourdough, mostly; rye when it rains."),
        ("cleo", "Cleo Hartmann", Role.Moderator, "Garden group. Tomatoes in June, seed swap in February."),
        ("dmitri", "Dmitri Vogel", Role.Member, "Repairs what can be repaired: bicycles, mixers, the shop door."),
        ("emine", "Emine Yıldız", Role.Member, "Plans the winter market and draws its posters."),
        ("farah", "Farah Nasser", Role.Member, "Spices and dry goods. Looks after the Saturday counter."),
        ("greta", "Greta Lindqvist", Role.Member, "Bread and board minutes, in that order."),
        ("hugo", "Hugo Marchetti", Role.Member, "Drives the van. Knows every farm within forty kilometres."),
        ("ines", "Ines Kowalska", Role.Member, "Bees on the roof, honey in the shop."),
        ("jonas", "Jonas Weber", Role.Member, "New this autumn. Carries boxes, learns names."),
    ];

    private static readonly (string Handle, string Name, string About, JoinRule Join, GroupVisibility Visibility, string[] Members)[] Circles =
    [
        ("board", "Board", "Decides what the assembly left open. Meets on the first Tuesday.", JoinRule.Invitation, GroupVisibility.Members, ["ada", "ben", "cleo", "greta"]),
        ("bakers", "Bakers", "The oven is hot on Thursdays from 5.", JoinRule.Open, GroupVisibility.Public, ["ben", "greta", "farah", "jonas"]),
        ("garden", "Garden", "Two plots by the canal and a lot of compost.", JoinRule.Open, GroupVisibility.Public, ["cleo", "ines", "dmitri"]),
        ("market_crew", "Market crew", "Everyone who builds, sells and sweeps at the winter market.", JoinRule.Request, GroupVisibility.Members, ["emine", "ada", "dmitri", "farah", "hugo", "jonas"]),
    ];

    /// <summary>Of the first ten.</summary>
    public static IReadOnlyList<string> Handles { get; } = [.. People.Select(p => p.Handle)];

    public int Order => 0;

    public async Task FillAsync(CancellationToken ct)
    {
        if (await db.Accounts.AnyAsync(ct)) return;
        await settings.ChangeAsync(kernel, Actor.System, new Dictionary<string, string>
        {
            [KernelModule.HouseName.Key] = "Lindenau", [KernelModule.Tagline.Key] = "Food co-op", [AccountSettings.SignUp.Key] = AccountSettings.ByApproval,
        }, ct);

        // One hash for all ten: the word is no secret, and hashing is slow on purpose.
        var hash = passwords.Hash(Password);
        var ids = new Dictionary<string, Id<Member>>();
        foreach (var (handle, name, role, bio) in People)
        {
            var account = registry.Draft(new(handle, $"{handle}@lindenau.example", null, name, role, "Europe/Berlin", "en-GB"), hash);
            account.Bio = bio;
            if (handle == "ada") account.Links = [new("Website", "https://lindenau.example"), new("Shop hours", "Tuesday to Saturday, 9 to 18")];
            ids[handle] = await registry.AddAsync(account, onlyFirst: false, ct);
        }

        foreach (var (handle, name, about, join, visibility, members) in Circles)
            await registry.AddGroupAsync(EditGroups.Draft(new(handle, name, about, join, visibility), db.Now), [.. members.Select(m => ids[m])], ct);
    }
}
