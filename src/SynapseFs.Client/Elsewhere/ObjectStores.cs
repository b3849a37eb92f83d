using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.S3;
using Amazon.S3.Model;
using SynapseFs.Client.Configuration;
using SynapseFs.Client.Downloads;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// Object stores that ask for the person's own keys: those of the AWS profile that the configuration names for the bucket. Bytes go over
/// addresses that are signed here, so that they take the same road as those of Synapse's storage.
/// </summary>
internal sealed class ObjectStores(StorageLogins logins, SynapseClientOptions options, TimeProvider time) : IDisposable
{
    /// <summary>How long an address that was signed here is good. It is used at once; a clock may be wrong by some minutes.</summary>
    private static readonly TimeSpan SignatureLife = TimeSpan.FromMinutes(15);

    /// <summary>For so long keys are believed that were read: who corrects them is not kept waiting.</summary>
    private static readonly TimeSpan Belief = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<(Uri Endpoint, string Bucket), ObjectStore> _stores = [];

    /// <summary>The store of a bucket with the keys as they are now. Costs no call.</summary>
    /// <exception cref="SynapseException">StorageRefused: there are no keys for it.</exception>
    public ObjectStore Of(StoredObject place)
    {
        lock (_lock)
        {
            if (_stores.TryGetValue((place.Endpoint, place.Bucket), out var known) && time.GetElapsedTime(known.ReadAt) < Belief)
                return known;
            return _stores[(place.Endpoint, place.Bucket)] = Open(place.Endpoint, place.Bucket);
        }
    }

    /// <summary>An address from which the object may be read for some minutes.</summary>
    public Uri SignGet(StoredObject place) => Sign(Of(place), place, HttpVerb.GET, null, 0);

    /// <summary>An address to which the object, or one part of an upload of it, may be put for some minutes.</summary>
    public static Uri SignPut(ObjectStore store, StoredObject place, string? uploadId, int part) =>
        Sign(store, place, HttpVerb.PUT, uploadId, part);

    /// <summary>What a person hears when a store lets nobody in.</summary>
    /// <param name="why">The store's own word.</param>
    public SynapseException Refused(StoredObject place, int status, string why)
    {
        var login = LoginOf(place.Endpoint, place.Bucket);
        lock (_lock)
            _stores.Remove((place.Endpoint, place.Bucket));
        return new SynapseException(
            SynapseFailure.StorageRefused,
            $"The object store {place.Host} refuses the bucket '{place.Bucket}' to the AWS profile '{login.Profile}' ({status}, {why}). Correct "
                + $"the profile's keys in ~/.aws/credentials, or profile_name in {login.Source}; the next try uses them.",
            status, why);
    }

    public void Dispose()
    {
        lock (_lock)
            foreach (var store in _stores.Values)
                store.Client.Dispose();
    }

    private static Uri Sign(ObjectStore store, StoredObject place, HttpVerb verb, string? uploadId, int part)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            Verb = verb,
            Expires = DateTime.UtcNow + SignatureLife,
            Protocol = place.Endpoint.Scheme == Uri.UriSchemeHttp ? Protocol.HTTP : Protocol.HTTPS,
        };
        if (uploadId is not null)
            (request.UploadId, request.PartNumber) = (uploadId, part);
        try
        {
            return new Uri(store.Client.GetPreSignedURL(request));
        }
        catch (AmazonClientException e)
        {
            throw NoKeys(place.Endpoint, store.Login, e);
        }
    }

    private ObjectStore Open(Uri endpoint, string bucket)
    {
        var login = LoginOf(endpoint, bucket);
        var profiles = new CredentialProfileStoreChain();
        AWSCredentials? keys;
        string? region;
        try
        {
            if (!profiles.TryGetProfile(login.Profile, out var profile) || !profiles.TryGetAWSCredentials(login.Profile, out keys))
                throw NoKeys(endpoint, login, null);
            region = profile.Region?.SystemName;
        }
        catch (Exception e) when (e is AmazonClientException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw NoKeys(endpoint, login, e);
        }
        var config = new AmazonS3Config
        {
            ServiceURL = endpoint.ToString(),
            ForcePathStyle = true,
            Timeout = options.AttemptTimeout,
            MaxErrorRetry = 2,
            // Only Amazon's own store knows the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (region is not null)
            config.AuthenticationRegion = region;
        return new ObjectStore(new AmazonS3Client(keys, config), login, time.GetTimestamp());
    }

    private StoreLogin LoginOf(Uri endpoint, string bucket)
    {
        try
        {
            return logins.OfStore(endpoint, bucket);
        }
        catch (SynapseConfigurationException e)
        {
            throw new SynapseException(SynapseFailure.StorageRefused, e.Message, inner: e);
        }
    }

    private static SynapseException NoKeys(Uri endpoint, StoreLogin login, Exception? inner) => new(
        SynapseFailure.StorageRefused,
        $"There are no keys for the object store {endpoint.Authority}: the AWS profile '{login.Profile}' (by {login.Source}) is not in "
            + "~/.aws/credentials or has none. Put aws_access_key_id and aws_secret_access_key there.", inner: inner);
}

/// <summary>One bucket's store with the keys that open it.</summary>
internal sealed record ObjectStore(AmazonS3Client Client, StoreLogin Login, long ReadAt);
