namespace SynapseFs.Entities.Sending;

/// <summary>
/// Media types by a name's ending, for the formats of the field. Where the official client has a type of its own for an ending
/// (files.md of its source: R, bed, maf, sam, vcf, md, yaml) it is that one; whatever is unknown is application/octet-stream. What is
/// compressed has the type of its compression. Synapse makes previews by these. Pure.
/// </summary>
internal static class ContentTypes
{
    private const string Unknown = "application/octet-stream";
    private const string Table = "text/tab-separated-values";
    private const string Gzip = "application/gzip";
    private const string Plain = "text/plain";
    private const string Office = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        // Tables and texts.
        [".bed"] = Table,
        [".bed5"] = Table,
        [".csv"] = "text/csv",
        [".gff"] = Plain,
        [".gff3"] = Plain,
        [".gtf"] = Plain,
        [".log"] = Plain,
        [".maf"] = Table,
        [".markdown"] = "text/x-markdown",
        [".md"] = "text/x-markdown",
        [".mtx"] = Plain,
        [".sam"] = Table,
        [".tab"] = Table,
        [".tsv"] = Table,
        [".txt"] = Plain,
        [".vcf"] = Table,
        [".wig"] = Plain,
        // Sequences.
        [".fa"] = Plain,
        [".fasta"] = Plain,
        [".fastq"] = Plain,
        [".fq"] = Plain,
        // Code and notebooks.
        [".c"] = "text/x-c",
        [".cpp"] = "text/x-c++",
        [".css"] = "text/css",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".ipynb"] = "application/x-ipynb+json",
        [".java"] = "text/x-java",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".py"] = "text/x-python",
        [".r"] = "text/x-r",
        [".rmd"] = "text/x-markdown",
        [".sh"] = "application/x-sh",
        [".sql"] = "application/sql",
        [".tex"] = "application/x-tex",
        [".xml"] = "application/xml",
        [".yaml"] = "text/yaml",
        [".yml"] = "text/yaml",
        // Compressed, packed.
        [".7z"] = "application/x-7z-compressed",
        [".bz2"] = "application/x-bzip2",
        [".bgz"] = Gzip,
        [".gz"] = Gzip,
        [".tar"] = "application/x-tar",
        [".tgz"] = Gzip,
        [".xz"] = "application/x-xz",
        [".zip"] = "application/zip",
        [".zst"] = "application/zstd",
        // Binary formats; those without a registered type are listed because somebody will look for them here.
        [".bai"] = Unknown,
        [".bam"] = Unknown,
        [".bcf"] = Unknown,
        [".bw"] = Unknown,
        [".cram"] = Unknown,
        [".h5"] = "application/x-hdf5",
        [".h5ad"] = "application/x-hdf5",
        [".hdf5"] = "application/x-hdf5",
        [".loom"] = "application/x-hdf5",
        [".nii"] = Unknown,
        [".parquet"] = "application/vnd.apache.parquet",
        [".rda"] = Unknown,
        [".rds"] = Unknown,
        [".sqlite"] = "application/vnd.sqlite3",
        [".tbi"] = Unknown,
        // Documents.
        [".doc"] = "application/msword",
        [".docx"] = Office + "wordprocessingml.document",
        [".odp"] = OpenDocument + "presentation",
        [".ods"] = OpenDocument + "spreadsheet",
        [".odt"] = OpenDocument + "text",
        [".pdf"] = "application/pdf",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".pptx"] = Office + "presentationml.presentation",
        [".rtf"] = "application/rtf",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = Office + "spreadsheetml.sheet",
        // Pictures, sound.
        [".bmp"] = "image/bmp",
        [".dcm"] = "application/dicom",
        [".gif"] = "image/gif",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".wav"] = "audio/x-wav",
    };

    public static string Of(string name) => ByEnding.GetValueOrDefault(Path.GetExtension(name), Unknown);
}
