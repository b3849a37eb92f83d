using SynapseFs.Entities.Annotations;
using SynapseFs.Entities.Sending;

namespace SynapseFs.Entities.Changing;

/// <summary>All that kinds need whose things can be changed.</summary>
internal sealed record EntityChanges(
    EntityNames Names, EntityCreator Creator, EntityUpdater Updater, EntityDeleter Deleter, StorageQuotas Quotas,
    AnnotationWriter Annotations, EntityXattrs Xattrs);
