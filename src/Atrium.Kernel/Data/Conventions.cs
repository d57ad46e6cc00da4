using System.Text.Json;
using Atrium.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Atrium.Kernel.Data;

/// <summary>How the house's small types lie in both databases. Set once, here.</summary>
internal static class Conventions
{
    // Entities say how they are mapped in code, never by attributes. To look for those on every property was a quarter of what models cost.
    private static readonly Type[] ByAttributes =
    [
        typeof(ComplexTypeAttributeConvention), typeof(ConcurrencyCheckAttributeConvention), typeof(DatabaseGeneratedAttributeConvention),
        typeof(DeleteBehaviorAttributeConvention), typeof(EntityTypeConfigurationAttributeConvention), typeof(ForeignKeyAttributeConvention),
        typeof(IndexAttributeConvention), typeof(InversePropertyAttributeConvention), typeof(KeyAttributeConvention), typeof(KeylessAttributeConvention),
        typeof(MaxLengthAttributeConvention), typeof(NavigationBackingFieldAttributeConvention), typeof(NotMappedMemberAttributeConvention),
        typeof(NotMappedTypeAttributeConvention), typeof(OwnedAttributeConvention), typeof(PrecisionAttributeConvention), typeof(RequiredNavigationAttributeConvention),
        typeof(RequiredPropertyAttributeConvention), typeof(StringLengthAttributeConvention), typeof(TimestampAttributeConvention), typeof(UnicodeAttributeConvention),
        typeof(RelationalColumnAttributeConvention), typeof(RelationalColumnCommentAttributeConvention), typeof(RelationalDbFunctionAttributeConvention),
        typeof(RelationalNavigationJsonPropertyNameAttributeConvention), typeof(RelationalPropertyJsonPropertyNameAttributeConvention),
        typeof(RelationalTableAttributeConvention), typeof(RelationalTableCommentAttributeConvention),
    ];

    public static void Apply(ModelConfigurationBuilder model, DbProvider provider)
    {
        foreach (var convention in ByAttributes) model.Conventions.Remove(convention);
        var instant = model.Properties<DateTimeOffset>();
        if (provider == DbProvider.Sqlite) instant.HaveConversion<InstantToMicroseconds>();
        else instant.HaveConversion<InstantToUtc>().HaveColumnType("timestamp with time zone");

        model.Properties<Enum>().HaveConversion<string>();
        model.Properties<Audience>().HaveConversion<AudienceToRef>();
        model.Properties<Thing>().HaveConversion<ThingToText>();
        model.Properties<List<string>>().HaveConversion<ListToJson<string>, ListComparer<string>>().HaveColumnType("text");
        model.Properties<List<long>>().HaveConversion<ListToJson<long>, ListComparer<long>>().HaveColumnType("text");
        model.Properties<Dictionary<string, string>>().HaveConversion<MapToJson, MapComparer>().HaveColumnType("text");
        model.ComplexProperties<Money>();
    }

    private sealed class InstantToMicroseconds() : ValueConverter<DateTimeOffset, long>(at => Microseconds.Of(at), us => Microseconds.ToInstant(us));

    private sealed class InstantToUtc() : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);

    private sealed class AudienceToRef() : ValueConverter<Audience, long>(a => a.Ref, r => new Audience(r));

    private sealed class ThingToText() : ValueConverter<Thing, string>(t => t.ToString(), s => Thing.Parse(s, null));

    private sealed class ListToJson<T>() : ValueConverter<List<T>, string>(
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
        text => JsonSerializer.Deserialize<List<T>>(text, JsonSerializerOptions.Default) ?? new List<T>());

    private sealed class ListComparer<T>() : ValueComparer<List<T>>(
        (a, b) => a == b || (a != null && b != null && a.SequenceEqual(b)),
        list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
        list => list.ToList());

    private sealed class MapToJson() : ValueConverter<Dictionary<string, string>, string>(
        map => JsonSerializer.Serialize(map, JsonSerializerOptions.Default),
        text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default) ?? new Dictionary<string, string>());

    private sealed class MapComparer() : ValueComparer<Dictionary<string, string>>(
        (a, b) => a == b || (a != null && b != null && a.Count == b.Count && !a.Except(b).Any()),
        map => map.Count,
        map => new Dictionary<string, string>(map));
}
