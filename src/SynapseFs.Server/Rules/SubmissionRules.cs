using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>What a submission's status may say, and what of it whom is shown. Source: SubmissionManagerImpl, AnnotationsUtils.</summary>
internal static class SubmissionRules
{
    public const string Received = "RECEIVED";

    public static IReadOnlyList<string> Statuses { get; } =
    [
        "OPEN", "CLOSED", "SCORED", "INVALID", "VALIDATED", "EVALUATION_IN_PROGRESS", Received, "REJECTED", "ACCEPTED",
    ];

    /// <summary>A filter of a list; empty: none. Case does not matter there.</summary>
    public static string? ParseFilter(string? text)
    {
        var status = (text ?? "").Trim().ToUpperInvariant();
        return status.Length == 0 ? null : Statuses.Contains(status) ? status : throw ServiceException.BadRequest(
            $"No enum constant org.sagebionetworks.evaluation.model.SubmissionStatusEnum.{status}");
    }

    public static void Check(SubmissionStatus status)
    {
        if (status.Score is < 0 or > 1)
        {
            throw ServiceException.BadRequest(
                $"Scores must be between 0 and 1. Received score = {status.Score.Value.ToString(CultureInfo.InvariantCulture)}");
        }

        CheckKeys(status.Annotations);
        if (status.SubmissionAnnotations is { } annotations)
        {
            AnnotationRules.Check(annotations.Values ?? new Dictionary<string, AnnotationsValue>());
        }

        if (status.Status is not { } word)
        {
            throw ServiceException.BadRequest("Submission status is required.");
        }

        if (!Statuses.Contains(word))
        {
            throw ServiceException.BadRequest($"'{word}' is not a value of the status of a submission");
        }
    }

    /// <summary>Annotations of the first kind as they are kept: told whose they are, and private unless said otherwise.</summary>
    public static SubmissionStatusAnnotations? Complete(SubmissionStatusAnnotations? annotations, string id, string evaluation) =>
        annotations is null ? null : annotations with
        {
            ObjectId = id,
            ScopeId = evaluation,
            StringAnnos = annotations.StringAnnos?.Select(Complete).ToList(),
            LongAnnos = annotations.LongAnnos?.Select(Complete).ToList(),
            DoubleAnnos = annotations.DoubleAnnos?.Select(Complete).ToList(),
        };

    /// <summary>What remains for who may not read private submissions: nothing of the second kind, the public ones of the first.</summary>
    public static SubmissionStatus Public(SubmissionStatus status) => status with
    {
        SubmissionAnnotations = null,
        Annotations = status.Annotations is not { } annotations ? null : annotations with
        {
            StringAnnos = annotations.StringAnnos?.Where(item => item.IsPrivate == false).ToList(),
            LongAnnos = annotations.LongAnnos?.Where(item => item.IsPrivate == false).ToList(),
            DoubleAnnos = annotations.DoubleAnnos?.Where(item => item.IsPrivate == false).ToList(),
        },
    };

    /// <summary>An entity's annotations in the shape of the first API, which knows no booleans and no numbers that are none.</summary>
    public static LegacyEntityAnnotations Legacy(Annotations annotations)
    {
        var texts = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var longs = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        var doubles = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        var dates = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        foreach (var (key, value) in annotations.Values ?? new Dictionary<string, AnnotationsValue>())
        {
            var values = value.Value ?? [];
            switch (value.Type)
            {
                case "LONG":
                    longs[key] = [.. values.Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
                    break;
                case "TIMESTAMP_MS":
                    dates[key] = [.. values.Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
                    break;
                case "DOUBLE" when values.All(IsFinite):
                    doubles[key] = [.. values.Select(text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))];
                    break;
                default:
                    texts[key] = values;
                    break;
            }
        }

        return new LegacyEntityAnnotations
        {
            Id = annotations.Id,
            Etag = annotations.Etag,
            StringAnnotations = texts,
            LongAnnotations = longs,
            DoubleAnnotations = doubles,
            DateAnnotations = dates,
        };
    }

    private static bool IsFinite(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static StatusAnnotation<T> Complete<T>(StatusAnnotation<T> item) => item with { IsPrivate = item.IsPrivate ?? true };

    private static void CheckKeys(SubmissionStatusAnnotations? annotations)
    {
        if (annotations is null)
        {
            return;
        }

        var keys = Keys(annotations.DoubleAnnos).Concat(Keys(annotations.LongAnnos)).Concat(Keys(annotations.StringAnnos));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!seen.Add(key))
            {
                throw ServiceException.BadRequest($"Duplicate annotations found for key: {key}");
            }
        }
    }

    private static IEnumerable<string> Keys<T>(IReadOnlyList<StatusAnnotation<T>>? items) =>
        (items ?? []).Select(item => item?.Key ?? throw ServiceException.BadRequest("An annotation must have a key."));
}
