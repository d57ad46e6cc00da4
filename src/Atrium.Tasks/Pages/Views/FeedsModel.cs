namespace Atrium.Tasks;

/// <summary>The secret calendar addresses of a member.</summary>
public sealed class FeedsModel
{
    internal FeedsModel(IReadOnlyList<FeedKeys.View> feeds, IReadOnlyList<SavedFilterView> filters, Uri? made) => (Feeds, Filters, Made) = (feeds, filters, made);

    internal IReadOnlyList<FeedKeys.View> Feeds { get; }

    internal IReadOnlyList<SavedFilterView> Filters { get; }

    /// <summary>An address just made: shown this once.</summary>
    internal Uri? Made { get; }
}
