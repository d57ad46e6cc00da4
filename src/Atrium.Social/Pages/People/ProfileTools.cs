using Atrium.Contracts.Accounts;

namespace Atrium.Social;

/// <summary>What pages of one person need.</summary>
internal sealed class ProfileTools(
    SocialDb db, AccountReader accounts, EntityWriter write, PostShow show, Timelines timelines, StatusReader reader, TagReader tags, LocalAccounts locals, IMembers members, IEnumerable<IProfileSection> sections)
{
    public SocialDb Db => db;

    public AccountReader Accounts => accounts;

    public EntityWriter Write => write;

    public PostShow Show => show;

    public Timelines Timelines => timelines;

    public StatusReader Reader => reader;

    public TagReader Tags => tags;

    public LocalAccounts Locals => locals;

    public IMembers Members => members;

    public IEnumerable<IProfileSection> Sections => sections;
}
