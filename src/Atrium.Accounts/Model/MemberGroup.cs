using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Accounts.Model;

public enum JoinRule
{
    /// <summary>Any member may join.</summary>
    Open,

    /// <summary>Members ask, owners and moderators decide.</summary>
    Request,

    /// <summary>Only who was invited.</summary>
    Invitation,
}

/// <summary>Who may know that a group exists, and who is in it.</summary>
public enum GroupVisibility
{
    Public,
    Members,

    /// <summary>Only those in it, and those invited.</summary>
    Hidden,
}

public enum GroupRole
{
    Member,
    Moderator,
    Owner,
}

/// <summary>People of the house who belong together. Who is in it is also kept by the platform, as <c>group:{id}</c>.</summary>
internal sealed class MemberGroup : IRevised
{
    public Id<Group> Id { get; init; } = Id<Group>.New();

    public required string Handle { get; init; }

    public required string Name { get; set; }

    /// <summary>Markdown.</summary>
    public string About { get; set; } = "";

    public JoinRule Join { get; set; } = JoinRule.Open;

    public GroupVisibility Visibility { get; set; } = GroupVisibility.Members;

    /// <summary>Follows from <see cref="Visibility"/>.</summary>
    public Audience Audience { get; set; } = Audience.Members;

    /// <summary>Name and handle, folded, as search by prefix reads them.</summary>
    public string SearchText { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public long Revision { get; set; } = 1;
}

/// <summary>A member of a group.</summary>
internal sealed class GroupMembership
{
    public Id<Group> GroupId { get; init; }

    public Id<Member> MemberId { get; init; }

    public GroupRole Role { get; set; }

    public DateTimeOffset JoinedAt { get; init; }
}

/// <summary>Somebody at the door of a group: they asked, or were asked.</summary>
internal sealed class GroupRequest
{
    public Id<Group> GroupId { get; init; }

    public Id<Member> MemberId { get; init; }

    /// <summary>Who invited; null when the member asked.</summary>
    public Id<Member>? InvitedBy { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool IsInvitation => InvitedBy is not null;
}
