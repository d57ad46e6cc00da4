using Atrium.Accounts.Administration;
using Atrium.Accounts.Data;
using Atrium.Accounts.Doors;
using Atrium.Accounts.Groups;
using Atrium.Accounts.Leaving;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Members;
using Atrium.Accounts.Pages;
using Atrium.Accounts.Profiles;
using Atrium.Accounts.Reactions;
using Atrium.Accounts.Security;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.Setup;
using Atrium.Accounts.SigningIn;
using Atrium.Contracts.Home;
using Atrium.Kernel.Dav;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Search;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Accounts;

/// <summary>Members, sign-in, groups, roles, profiles, and the keys that apps are given.</summary>
public sealed partial class AccountsModule : IModule
{
    public string Name => AccountsDb.Name;

    public void Register(ModuleBuilder module)
    {
        module.Database<AccountsDb, SqliteAccountsDb, PostgresAccountsDb>();
        module.Setting(AccountSettings.SignUp, AccountSettings.LeastAge, AccountSettings.Welcome, AccountSettings.Name, AccountSettings.Bio, AccountSettings.Links, AccountSettings.Label, AccountSettings.Value);
        module.Permission(Invitations.Permission, "Invite people to the house", Role.Moderator).Permission(EditGroups.Permission, "Found groups");
        module.Scope("profile:read", "See your profile, settings and groups")
            .Scope("profile:write", "Change your profile, settings and groups")
            .Scope("accounts:admin", "Run members, roles and invitations");
        module.Notification(Notifications.Waiting, "Somebody waits to be let in", "you run the house", Channels.Inbox | Channels.Mail)
            .Notification(Notifications.GroupAsked, "Somebody asks to join a group you run", "you run the group", Channels.Inbox)
            .Notification(Notifications.GroupInvited, "You are invited to a group", "you were invited", Channels.Inbox | Channels.Mail)
            .Notification(Notifications.GroupAdmitted, "You were let into a group", "you asked to join", Channels.Inbox);
        module.Things<MemberThings>().Things<GroupThings>().PersonalExport<AccountsExport>().Demo<DemoMembers>().Demo<DemoCrowd>();
        module.Effect<LetterOwed, WriteLetter>();
        module.On<MemberJoined, IndexMember>().On<MemberProfileChanged, IndexMember>().On<MemberSuspended, IndexMember>().On<MemberRestored, IndexMember>().On<MemberErased, IndexMember>()
            .On<GroupChanged, IndexGroup>().On<GroupDeleted, IndexGroup>();
        module.Services.AddScoped<ISearchSource, IndexMember>().AddScoped<ISearchSource, IndexGroup>();
        module.Recurring<EraseLeavers>("23 * * * *").Recurring<PruneAccounts>("41 3 * * *");
        AddDoors(module.Services);
        AtriumSchemes.Add(module.Services);
        SignInSecrets.Add(module);
        RegisterTokens(module);
    }

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(Name);
        MyProfile.Map(api);
        MySessions.Map(api);
        SecurityApi.Map(api);
        MemberDirectory.Map(api);
        AdministrationApi.Map(api);
        var groups = api.MapGroup("groups");
        ReadGroups.Map(groups);
        EditGroups.Map(groups);
        GroupPeopleApi.Map(groups);
        Portraits.Map(api);
        var pages = app.MapPages();
        SignInPages.Map(pages);
        DoorPages.Map(pages);
        SettingsPages.Map(pages);
        SecurityPages.Map(pages);
        PeoplePages.Map(pages);
        MapTokens(app);
    }

    /// <summary>
    /// The one-time address at which the first administrator is made, for the program to print; null when the house has members. Each call
    /// makes a new one and forgets the one before.
    /// </summary>
    public static async Task<Uri?> SetupLinkAsync(IServiceProvider house, CancellationToken ct)
    {
        await using var scope = house.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<AccountsDb>().Accounts.AnyAsync(ct)) return null;
        var key = await scope.ServiceProvider.GetRequiredService<SetupKey>().MakeAsync(ct);
        return scope.ServiceProvider.GetRequiredService<HouseAddress>().Of($"/setup/{key}");
    }

    private static void AddDoors(IServiceCollection services)
    {
        services.AddScoped<MemberRegistry>();
        services.AddScoped<IMemberRegistry>(sp => sp.GetRequiredService<MemberRegistry>());
        services.AddScoped<ISignUp, SignUpDoor>();
        services.AddScoped<IMembers, MembersDoor>();
        services.AddScoped<IProfiles, ProfilesDoor>();
        services.AddScoped<IDavPeople, DavPeople>();
        services.AddScoped<IGroups, GroupsDoor>();
        services.AddScoped<IMemberAdministration, MemberAdministration>();
        services.AddSingleton<SetupKey>();
        services.TryAddSingleton<HouseAddress>();
        services.AddScoped<IShellPart, AccountShell>();
        foreach (var tab in SettingsPages.Tabs) services.AddSingleton(tab);
    }

    /// <summary>OAuth, personal access tokens and app passwords.</summary>
    static partial void RegisterTokens(ModuleBuilder module);

    static partial void MapTokens(IEndpointRouteBuilder app);
}
