using Atrium.Kernel;
using Atrium.Kernel.Files;

namespace Atrium.Contracts.Accounts;

/// <summary>What a member tells of themselves.</summary>
/// <param name="Bio">Markdown.</param>
/// <param name="Links">Label and value, in order.</param>
/// <param name="AvatarUrl">Relative address of the whole picture, or null.</param>
/// <param name="Language">BCP 47: the language of words.</param>
public sealed record MemberProfile(
    Id<Member> Id, string Handle, string Name, string Bio, IReadOnlyList<KeyValuePair<string, string>> Links, string? AvatarUrl, string? HeaderUrl, string Language, Role Role,
    DateTimeOffset JoinedAt, bool Active);

/// <summary>What is left null stays as it is.</summary>
public sealed record ProfileUpdate(string? Name = null, string? Bio = null, IReadOnlyList<KeyValuePair<string, string>>? Links = null);

/// <summary>How much a profile holds; all but <paramref name="Links"/> in characters.</summary>
/// <param name="Label">Of a link.</param>
/// <param name="Value">Of a link.</param>
public sealed record ProfileLimits(int Name, int Bio, int Links, int Label, int Value);

/// <summary>A member's profile, for a room that shows or edits it in its own tongue.</summary>
public interface IProfiles
{
    /// <summary>By id; those who are erased are left out.</summary>
    Task<IReadOnlyDictionary<Id<Member>, MemberProfile>> ProfilesAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct);

    /// <summary>As the house has set it.</summary>
    ValueTask<ProfileLimits> LimitsAsync(CancellationToken ct);

    /// <summary>Changes the actor's own profile.</summary>
    /// <exception cref="Refusal">Invalid, naming <c>name</c>, <c>bio</c> or <c>links</c>.</exception>
    Task UpdateAsync(ProfileUpdate update, Actor actor, CancellationToken ct);

    /// <summary>Makes an uploaded picture of the actor's own their avatar or header; null takes it away.</summary>
    /// <exception cref="Refusal">Invalid: no such file, not a picture.</exception>
    Task ChoosePictureAsync(bool header, Id<FileRecord>? file, Actor actor, CancellationToken ct);
}
