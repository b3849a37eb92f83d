using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Storage;

/// <summary>
/// Other people's buckets. Without a network a bucket is a directory DIR/buckets/NAME that somebody made by hand, a file in it an
/// object. Keys never lead out of it: no dots as names, no links.
/// </summary>
internal sealed class Buckets(DataFolder folder)
{
    private const string OwnerMarker = "owner.txt";
    private const int OwnerMaxLines = 100;

    /// <summary>The file that is the object; null: there is no such object.</summary>
    public FileInfo? Find(ObjectName name)
    {
        var path = Path.Combine(folder.BucketPath, name.Bucket);
        if (!StorageLocationRules.IsBucketName(name.Bucket) || IsLink(path))
        {
            return null;
        }

        foreach (var step in name.Key.Split('/'))
        {
            if (step is "" or "." or ".." || step.AsSpan().ContainsAny('\0', '\\', ':'))
            {
                return null;
            }

            path = Path.Combine(path, step);
            if (IsLink(path))
            {
                return null;
            }
        }

        var file = new FileInfo(path);
        return file.Exists ? file : null;
    }

    /// <summary>Refuses unless the bucket's owner.txt names the caller. Source: BucketOwnerVerifierImpl.</summary>
    public void RequireOwner(Caller caller, UserRow user, string bucket, string? baseKey)
    {
        var key = baseKey is null ? OwnerMarker : $"{baseKey}/{OwnerMarker}";
        if (!Directory.Exists(Path.Combine(folder.BucketPath, bucket)))
        {
            throw Refused($"Did not find S3 bucket {bucket}", bucket, key);
        }

        var file = Find(new ObjectName(bucket, key))
            ?? throw Refused($"Did not find S3 object at key {key} from bucket {bucket}", bucket, key);
        var named = File.ReadLines(file.FullName).Take(OwnerMaxLines)
            .SelectMany(line => line.Split(','))
            .Select(alias => alias.Trim().ToLowerInvariant())
            .Where(alias => alias.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        if (named.Count == 0)
        {
            throw Refused($"No user identifier found under key {key} from bucket {bucket}", bucket, key);
        }

        if (!named.Overlaps(Aliases(caller, user)))
        {
            throw Refused($"Could not find a valid user identifier under key {key} from bucket {bucket}", bucket, key);
        }
    }

    private static IEnumerable<string> Aliases(Caller caller, UserRow user)
    {
        long[] excluded = [Principals.AuthenticatedUsers, Principals.Public, Principals.CertifiedUsers];
        var groups = caller.Groups.Except(excluded).Append(caller.Id).Select(Tree.EntityShape.Text);
        return groups.Append(user.Name.ToLowerInvariant()).Append((user.Email ?? user.Name).ToLowerInvariant());
    }

    private static ServiceException Refused(string what, string bucket, string key) => ServiceException.BadRequest(
        $"{what}. For security purposes, Synapse needs to establish that the user has permission to write to the bucket. Please create "
        + $"an object in bucket '{bucket}' with key '{key}' that contains a line separated list of identifiers for the user. Valid "
        + "identifiers are the id of the user or id of a team the user is part of.");

    private static bool IsLink(string path) =>
        new FileInfo(path) is var entry && (entry.Exists || Directory.Exists(path))
        && entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
