// Do the shapes of a model's tensors and the bytes that are there agree? Asked before anything is allocated by a shape.

import { damaged } from './damaged.js';
import { printableName } from './printable-name.js';
import { type SparseTensorProto, type TensorProto, TensorProto_DataLocation } from './proto/onnx_pb.js';
import { elementTypeName } from './tensor-type.js';
import { elementCount, listedCount, tensorBytes } from './tensor-values.js';

/** @throws MdbenchError `damaged-onnx` naming the tensor */
export function checkTensor(tensor: TensorProto, path: string): void {
  const { dims, dataType, rawData } = tensor;
  const shape = `[${dims.slice(0, 8)}${dims.length > 8 ? ', …' : ''}]`;
  const named = `the tensor "${printableName(tensor.name)}" of shape ${shape}`;
  if (dims.some((dim) => dim < 0n)) throw damaged(path, `${named} has a negative size`);
  if (dataType === 0) throw damaged(path, `${named} has no type`);
  if (tensor.dataLocation === TensorProto_DataLocation.EXTERNAL) return;
  const type = elementTypeName(dataType);
  const bytes = tensorBytes(tensor);
  if (rawData.length > 0 && bytes !== undefined && rawData.length !== bytes) {
    throw damaged(path, `${named} and type ${type} needs ${bytes} bytes and has ${rawData.length}`);
  }
  const listed = rawData.length > 0 ? undefined : listedCount(tensor);
  const size = elementCount(dims.map(Number));
  if (listed !== undefined && listed !== size) {
    throw damaged(path, `${named} and type ${type} needs ${size} elements and has ${listed}`);
  }
}

/** @throws MdbenchError `damaged-onnx` */
export function checkSparse({ values, indices, dims }: SparseTensorProto, path: string): void {
  if (!values || !indices) throw damaged(path, 'a sparse tensor lacks its values or its indices');
  checkTensor(values, path);
  checkTensor(indices, path);
  const count = elementCount(values.dims.map(Number));
  const places = elementCount(indices.dims.map(Number));
  if (places !== count && places !== count * dims.length)
    throw damaged(path, `a sparse tensor has ${count} values and ${places} indices`);
}
